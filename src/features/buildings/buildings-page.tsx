import { BUILDING_COLOURS, type BuildingLook, PLAIN_LOOK, lookOf } from '../../domain/buildings.ts';
import type { Language } from '../../domain/election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { RollList } from '../../store/roll-lists.ts';
import { BuildingMark } from '../../views/building-mark.tsx';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, Field, SubmitButton } from '../../views/form.tsx';
import { formatNumber } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { MoveButtons } from '../../views/move-buttons.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { type EntryInput, settingOf } from './edit-lists.ts';
import { texts } from './texts.ts';
import { USUAL_ICONS } from './usual-icons.ts';

/** A form that was refused: of an entry (by its name as kept), or the one that adds where `before` is undefined. */
export interface RefusedEntry {
  readonly list: RollList;
  readonly before: string | undefined;
  readonly input: EntryInput;
  readonly errors: readonly FieldError[];
}

export interface ListsShown {
  readonly entries: Readonly<Record<RollList, readonly string[]>>;
  readonly looks: Readonly<Record<string, BuildingLook>>;
  readonly voters: Readonly<Record<RollList, ReadonlyMap<string, number>>>;
}

interface Scene {
  readonly language: Language;
  readonly root: string;
  readonly shown: ListsShown;
  readonly refused: RefusedEntry | undefined;
}

/** The lists of buildings and promotions, which hold for the whole server, each entry with its form folded in. */
export const BuildingsPage = (props: {
  c: PageContext;
  election: ElectionRow;
  shown: ListsShown;
  isSaved: boolean;
  refused: RefusedEntry | undefined;
}) => {
  const { c, election, refused } = props;
  const language = c.get('language');
  const t = texts[language];
  const root = `/elections/${election.id}`;
  const scene: Scene = { language, root, shown: props.shown, refused };
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <p class="lead">{t.lead}</p>
      {props.isSaved ? <Notice kind="success">{t.saved}</Notice> : null}
      {refused === undefined ? null : <ErrorSummary language={language} errors={summaryOf(scene, refused)} />}
      <List scene={scene} list="building" title={t.buildings} empty={t.noBuilding} add={t.addBuilding} />
      <List scene={scene} list="promotion" title={t.promotions} empty={t.noPromotion} add={t.addPromotion} />
      <p>
        <a href={`${root}/import-voters`}>{t.toImport}</a>
      </p>
      <datalist id="icons">
        {USUAL_ICONS.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <datalist id="colours">
        {BUILDING_COLOURS.map((colour) => (
          <option value={colour} />
        ))}
      </datalist>
    </StaffPage>
  );
};

/** Ids of the fields of one form among the many of the page; -1 is the form that adds. */
const idOf = (list: RollList, place: number, field: string): string =>
  `${list}-${place < 0 ? 'new' : place}-${field}`;

function summaryOf({ language, shown }: Scene, refused: RefusedEntry): FieldError[] {
  const t = texts[language];
  const place = refused.before === undefined ? -1 : shown.entries[refused.list].indexOf(refused.before);
  const labels = { name: t.name, icon: t.icon, colour: t.colour };
  return withLabels(language, refused.errors, labels).map(({ name, sentence }) => ({
    name: idOf(refused.list, place, name),
    sentence,
  }));
}

const List = (props: { scene: Scene; list: RollList; title: string; empty: string; add: string }) => {
  const { scene, list } = props;
  const entries = scene.shown.entries[list];
  const isRefused = scene.refused?.list === list && scene.refused.before === undefined;
  return (
    <section>
      <h2>{props.title}</h2>
      {entries.length === 0 ? (
        <p class="empty">{props.empty}</p>
      ) : (
        <ul class="entries">
          {entries.map((name, place) => (
            <Entry
              scene={scene}
              list={list}
              name={name}
              place={place}
              isLast={place === entries.length - 1}
            />
          ))}
        </ul>
      )}
      <details class="fold" open={entries.length === 0 || isRefused}>
        <summary>
          <Icon name="plus-lg" /> {props.add}
        </summary>
        <EntryForm scene={scene} list={list} before={undefined} place={-1} />
      </details>
    </section>
  );
};

const Entry = (props: { scene: Scene; list: RollList; name: string; place: number; isLast: boolean }) => {
  const { scene, list, name, place } = props;
  const t = texts[scene.language];
  const path = `${scene.root}/${settingOf(list)}`;
  const count = scene.shown.voters[list].get(name) ?? 0;
  const voters = t.voters(count, formatNumber(scene.language, count));
  const isRefused = scene.refused?.list === list && scene.refused.before === name;
  return (
    <li class="entry">
      {list === 'building' ? (
        <span class="entry-media">
          <BuildingMark look={lookOf(scene.shown.looks, name)} size={40} />
        </span>
      ) : null}
      <div class="entry-body">
        <p class="entry-title">{name}</p>
        <p class="entry-note">{voters}</p>
      </div>
      <div class="entry-actions">
        <MoveButtons
          action={`${path}/move`}
          entry={name}
          up={place === 0 ? undefined : t.up(name)}
          down={props.isLast ? undefined : t.down(name)}
        />
      </div>
      <details class="fold entry-fold" open={isRefused}>
        <summary>
          {t.change}
          <span class="visually-hidden"> {name}</span>
        </summary>
        <EntryForm scene={scene} list={list} before={name} place={place} />
        <form class="removal" method="post" action={`${path}/remove`}>
          <input type="hidden" name="entry" value={name} />
          <p>{count === 0 ? t.removeUnused : t.removeUsed(voters)}</p>
          <SubmitButton label={t.remove} kind="danger" isSmall>
            <Icon name="trash" />
          </SubmitButton>
        </form>
      </details>
    </li>
  );
};

const EntryForm = (props: { scene: Scene; list: RollList; before: string | undefined; place: number }) => {
  const { scene, list, before, place } = props;
  const { language, refused } = scene;
  const t = texts[language];
  const isRefused = refused?.list === list && refused.before === before;
  const errors = isRefused ? refused.errors : [];
  const look = before === undefined ? PLAIN_LOOK : lookOf(scene.shown.looks, before);
  const typed: EntryInput = isRefused ? refused.input : { name: before ?? '', look };
  const field = (name: string) => ({
    language,
    name,
    id: idOf(list, place, name),
    error: errorAt(errors, name),
  });
  return (
    <form
      method="post"
      action={`${scene.root}/${settingOf(list)}${before === undefined ? '' : '/change'}`}
      novalidate
    >
      {before === undefined ? null : <input type="hidden" name="entry" value={before} />}
      <Field
        {...field('name')}
        label={t.name}
        value={typed.name}
        hint={before === undefined ? undefined : t.renamed}
        maxlength={100}
      />
      {list === 'building' ? (
        <>
          <Field
            {...field('icon')}
            label={t.icon}
            hint={t.iconHint}
            value={typed.look?.icon ?? look.icon}
            list="icons"
            maxlength={40}
            isSpellchecked={false}
          />
          <Field
            {...field('colour')}
            type="color"
            label={t.colour}
            value={typed.look?.colour ?? look.colour}
            list="colours"
          />
        </>
      ) : null}
      <SubmitButton
        label={before !== undefined ? t.save : list === 'building' ? t.addBuilding : t.addPromotion}
        kind="secondary"
      />
    </form>
  );
};
