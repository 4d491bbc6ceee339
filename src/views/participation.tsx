import { type BuildingLook, PLAIN_LOOK, lookOf } from '../domain/buildings.ts';
import type { Language } from '../domain/election.ts';
import { withFrenchSpaces } from '../domain/french-spaces.ts';
import type { ShownCell } from '../domain/participation.ts';
import { BuildingMark } from './building-mark.tsx';
import { formatNumber, formatPercent } from './format.ts';
import type { IconName } from './icon.tsx';

const en = {
  all: 'Everyone',
  merged: 'The others',
  none: 'Without one',
  votedOf: (marked: string, registered: string) => `${marked} of ${registered} have voted`,
};

const fr: typeof en = {
  all: 'Tout le monde',
  merged: 'Les autres',
  none: 'Sans attribution',
  votedOf: (marked, registered) => `${marked} sur ${registered} ont voté`,
};

const texts: Readonly<Record<Language, typeof en>> = { en, fr: withFrenchSpaces(fr) };

const GROUP_ICON: Readonly<Record<Exclude<ShownCell['kind'], 'named'>, IconName>> = {
  all: 'people',
  merged: 'people',
  none: 'person',
};

/**
 * Turnout by building or promotion, a card each. `cells` are what `shownCells` leaves. What nobody has chosen a look
 * for, as no promotion has, gets `icon`.
 */
export const ParticipationCards = (props: {
  language: Language;
  title: string;
  cells: readonly ShownCell[];
  looks: Readonly<Record<string, BuildingLook>>;
  icon?: IconName;
}) => (
  <section class="participation">
    <h2>{props.title}</h2>
    <ul class="cells">
      {props.cells.map((cell) => (
        <ParticipationCell
          language={props.language}
          cell={cell}
          look={
            cell.kind === 'named'
              ? lookOf(props.looks, cell.name, props.icon)
              : { ...PLAIN_LOOK, icon: GROUP_ICON[cell.kind] }
          }
        />
      ))}
    </ul>
  </section>
);

const ParticipationCell = (props: { language: Language; cell: ShownCell; look: BuildingLook }) => {
  const { language, cell, look } = props;
  const t = texts[language];
  const share = cell.registered === 0 ? 0 : cell.marked / cell.registered;
  return (
    <li class="cell">
      <BuildingMark look={look} />
      <div class="cell-body">
        <p class="cell-name">{cell.kind === 'named' ? cell.name : t[cell.kind]}</p>
        <p class="cell-figures">
          <span>
            {t.votedOf(formatNumber(language, cell.marked), formatNumber(language, cell.registered))}
          </span>
          <span class="cell-share">{formatPercent(language, share)}</span>
        </p>
        <svg class="cell-line" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
          <rect class="cell-track" width="1000" height="10" />
          <rect width={Math.round(share * 1000)} height="10" fill={look.colour} />
        </svg>
      </div>
    </li>
  );
};
