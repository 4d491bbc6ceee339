/** What an expected refusal carries beside its code, for the page, the JSON answer or the terminal. */
export type RefusalDetail = Readonly<Record<string, string | number>>;

/** A refusal with a stable code (`NOT_OPEN`), the same in pages, JSON and exit codes. */
export interface Refusal<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly detail: RefusalDetail;
}

/** A value, or an expected refusal. Bugs are exceptions. */
export type Outcome<T, Code extends string> = { readonly ok: true; readonly value: T } | Refusal<Code>;

export const accept = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = <Code extends string>(code: Code, detail: RefusalDetail = {}): Refusal<Code> => ({
  ok: false,
  code,
  detail,
});
