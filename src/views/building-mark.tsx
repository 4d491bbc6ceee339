import { type BuildingLook, inkOn } from '../domain/buildings.ts';
import { IconDrawing } from './icon.tsx';

/** A building's icon on its colour. Decoration: its name always stands beside it. */
export const BuildingMark = (props: { look: BuildingLook; size?: number }) => {
  const { icon, colour } = props.look;
  const size = props.size ?? 36;
  return (
    <svg
      class="building-mark"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="8" fill={colour} />
      <g transform="translate(8 8)" fill={inkOn(colour)}>
        <IconDrawing name={icon} otherwise="building" />
      </g>
    </svg>
  );
};
