import { Icon } from './icon.tsx';

/**
 * Two buttons that move an entry of a list; a label that is absent means the entry cannot go that way. `entry` names it
 * where the address does not.
 */
export const MoveButtons = (props: {
  action: string;
  entry?: string;
  up: string | undefined;
  down: string | undefined;
}) => (
  <form class="move" method="post" action={props.action}>
    {props.entry === undefined ? null : <input type="hidden" name="entry" value={props.entry} />}
    {(['up', 'down'] as const).map((direction) => {
      const label = props[direction];
      return label === undefined ? null : (
        <button
          class="btn btn-secondary btn-sm"
          type="submit"
          name="direction"
          value={direction}
          title={label}
        >
          <Icon name={`arrow-${direction}`} label={label} />
        </button>
      );
    })}
  </form>
);
