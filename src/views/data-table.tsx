import type { Child } from 'hono/jsx';

export interface Column {
  readonly label: string;
  /** Numbers stand to the right, in figures of one width. */
  readonly kind?: 'text' | 'number';
}

/** A table that scrolls inside its own frame on a phone; the first cell of a row names it. */
export const DataTable = (props: {
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly Child[])[];
  /** Shown instead of the table where there are no rows. */
  empty?: string | undefined;
  isCaptionHidden?: boolean;
}) =>
  props.rows.length === 0 && props.empty !== undefined ? (
    <p class="empty">{props.empty}</p>
  ) : (
    <div class="table-responsive" role="region" aria-label={props.caption} tabindex={0}>
      <table class="table">
        <caption class={props.isCaptionHidden === true ? 'visually-hidden' : undefined}>
          {props.caption}
        </caption>
        <thead>
          <tr>
            {props.columns.map(({ label, kind }) => (
              <th scope="col" class={kind === 'number' ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {row.map((cell, i) => {
                const kind = props.columns[i]?.kind === 'number' ? 'number' : undefined;
                return i === 0 ? (
                  <th scope="row" class={kind}>
                    {cell}
                  </th>
                ) : (
                  <td class={kind}>{cell}</td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
