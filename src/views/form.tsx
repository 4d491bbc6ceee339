import type { Child, PropsWithChildren } from 'hono/jsx';
import type { Language } from '../domain/election.ts';
import { texts } from './texts.ts';

interface Common {
  readonly language: Language;
  readonly label: string;
  readonly name: string;
  /** Defaults to the name; give one where a name stands twice on a page. */
  readonly id?: string | undefined;
  readonly hint?: Child;
  /** The sentence to show at the field, or nothing. */
  readonly error?: string | undefined;
  /** Fields are required unless said otherwise; the optional ones say so in words. */
  readonly required?: boolean | undefined;
}

const idOf = (field: Common): string => field.id ?? field.name;
const isRequired = (field: Common): boolean => field.required ?? true;

/** What a screen reader reads after the label: the hint, then the error. */
function describedBy(field: Common): string | undefined {
  const parts = [
    ...(field.hint === undefined ? [] : [`${idOf(field)}-hint`]),
    ...(field.error === undefined ? [] : [`${idOf(field)}-error`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' ');
}

const controlClass = (kind: string, field: Common): string =>
  field.error === undefined ? kind : `${kind} is-invalid`;

/** Label, hint, the control, and its error, in reading order. */
const Frame = (props: PropsWithChildren<{ field: Common }>) => {
  const { field } = props;
  return (
    <div class="field">
      <label class="form-label" for={idOf(field)}>
        {field.label}
        {isRequired(field) ? null : <span class="optional"> ({texts[field.language].optional})</span>}
      </label>
      {field.hint === undefined ? null : (
        <div class="form-text" id={`${idOf(field)}-hint`}>
          {field.hint}
        </div>
      )}
      {props.children}
      {field.error === undefined ? null : (
        <p class="invalid-feedback" id={`${idOf(field)}-error`}>
          <span class="visually-hidden">{texts[field.language].errorPrefix} </span>
          {field.error}
        </p>
      )}
    </div>
  );
};

export const Field = (
  props: Common & {
    type?: 'text' | 'email' | 'password' | 'number' | 'search' | 'datetime-local' | 'url' | 'color';
    value?: string | number | undefined;
    autocomplete?: string | undefined;
    inputmode?: 'text' | 'numeric' | 'email' | 'search' | undefined;
    maxlength?: number | undefined;
    min?: string | number | undefined;
    max?: string | number | undefined;
    step?: string | number | undefined;
    autofocus?: boolean | undefined;
    isSpellchecked?: boolean | undefined;
    /** The id of a datalist with proposals. */
    list?: string | undefined;
  },
) => (
  <Frame field={props}>
    <input
      class={controlClass(props.type === 'color' ? 'form-control form-control-color' : 'form-control', props)}
      id={idOf(props)}
      name={props.name}
      type={props.type ?? 'text'}
      value={props.value}
      required={isRequired(props)}
      autocomplete={props.autocomplete ?? 'off'}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      min={props.min}
      max={props.max}
      step={props.step}
      autofocus={props.autofocus}
      list={props.list}
      spellcheck={props.isSpellchecked}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error === undefined ? undefined : 'true'}
    />
  </Frame>
);

export const TextArea = (
  props: Common & {
    value?: string | undefined;
    rows?: number | undefined;
    maxlength?: number | undefined;
    autocomplete?: string | undefined;
    isSpellchecked?: boolean | undefined;
  },
) => (
  <Frame field={props}>
    <textarea
      class={controlClass('form-control', props)}
      id={idOf(props)}
      name={props.name}
      rows={props.rows ?? 3}
      required={isRequired(props)}
      maxlength={props.maxlength}
      autocomplete={props.autocomplete ?? 'off'}
      spellcheck={props.isSpellchecked}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error === undefined ? undefined : 'true'}
    >
      {props.value ?? ''}
    </textarea>
  </Frame>
);

export const Select = (
  props: Common & {
    value?: string | undefined;
    options: readonly { readonly value: string; readonly label: string }[];
  },
) => (
  <Frame field={props}>
    <select
      class={controlClass('form-select', props)}
      id={idOf(props)}
      name={props.name}
      required={isRequired(props)}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error === undefined ? undefined : 'true'}
    >
      {props.options.map(({ value, label }) => (
        <option value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  </Frame>
);

export const FileField = (props: Common & { accept: string }) => (
  <Frame field={props}>
    <input
      class={controlClass('form-control', props)}
      id={idOf(props)}
      name={props.name}
      type="file"
      accept={props.accept}
      required={isRequired(props)}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error === undefined ? undefined : 'true'}
    />
  </Frame>
);

interface Choice {
  readonly name: string;
  readonly label: Child;
  readonly value?: string | undefined;
  readonly hint?: Child;
  readonly checked?: boolean | undefined;
  readonly required?: boolean | undefined;
  /** A picture before the words, such as a candidate's logo. */
  readonly media?: Child;
}

const ChoiceRow = (props: Choice & { type: 'radio' | 'checkbox' }) => (
  <label class="choice">
    <input
      class="form-check-input"
      type={props.type}
      name={props.name}
      value={props.value ?? 'on'}
      checked={props.checked}
      required={props.required}
    />
    {props.media === undefined ? null : <span class="choice-media">{props.media}</span>}
    <span class="choice-body">
      <span class="choice-label">{props.label}</span>
      {props.hint === undefined ? null : <span class="choice-hint">{props.hint}</span>}
    </span>
  </label>
);

/** A choice whose whole row can be touched. */
export const Checkbox = (props: Choice) => <ChoiceRow {...props} type="checkbox" />;
export const Radio = (props: Choice) => <ChoiceRow {...props} type="radio" />;

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'link';

export const SubmitButton = (
  props: PropsWithChildren<{
    label: string;
    kind?: ButtonKind | undefined;
    name?: string | undefined;
    value?: string | undefined;
    isSmall?: boolean;
  }>,
) => (
  <button
    type="submit"
    class={`btn btn-${props.kind ?? 'primary'}${props.isSmall === true ? ' btn-sm' : ''}`}
    name={props.name}
    value={props.value}
  >
    {props.children}
    {props.label}
  </button>
);

/** All faults at once, each leading to its field. Nothing where there are none. */
export const ErrorSummary = (props: {
  language: Language;
  errors: readonly { readonly name: string; readonly sentence: string }[];
}) =>
  props.errors.length === 0 ? null : (
    <div class="alert alert-danger error-summary" role="alert" tabindex={-1}>
      <h2>{texts[props.language].errorsTitle}</h2>
      <ul>
        {props.errors.map(({ name, sentence }) => (
          <li>
            <a href={`#${name}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
