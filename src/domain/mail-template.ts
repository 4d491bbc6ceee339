import { LANGUAGES, type Language } from './election.ts';
import type { MailKind } from './mail.ts';

/** How a voter's code reaches them: in the mail of the link, in a mail of its own, or on paper. */
export const CODE_CHANNELS = ['mail', 'separate', 'sheet'] as const;
export type CodeChannel = (typeof CODE_CHANNELS)[number];

/** The texts that admins may write. `link-alone` stands for `link` where the code comes another way. */
export const TEMPLATE_KINDS = ['invitation', 'link', 'link-alone', 'code', 'reminder', 'result'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

export const isTemplateKind = (text: string): text is TemplateKind =>
  TEMPLATE_KINDS.some((kind) => kind === text);

/** E-mails to voters whose text is a template. */
export type WrittenKind = Extract<MailKind, 'invitation' | 'link' | 'code' | 'reminder' | 'result'>;

export const templateOf = (kind: WrittenKind, channel: CodeChannel): TemplateKind =>
  kind === 'link' && channel !== 'mail' ? 'link-alone' : kind;

const PLACEHOLDERS = [
  'name',
  'title',
  'organiser',
  'opens',
  'closes',
  'contact',
  'link',
  'code',
  'fingerprint',
  'result',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const EVERYWHERE: readonly Placeholder[] = ['name', 'title', 'organiser', 'opens', 'closes', 'contact'];

/** What a kind may name beside what all may, and what it must. */
const OF_KIND: Readonly<
  Record<TemplateKind, { readonly more: readonly Placeholder[]; readonly required: readonly Placeholder[] }>
> = {
  invitation: { more: [], required: [] },
  link: { more: ['link', 'code', 'fingerprint'], required: ['link', 'code'] },
  'link-alone': { more: ['link', 'fingerprint'], required: ['link'] },
  code: { more: ['code'], required: ['code'] },
  reminder: { more: ['link', 'fingerprint'], required: ['link'] },
  result: { more: ['result'], required: ['result'] },
};

export const placeholdersOf = (kind: TemplateKind): readonly Placeholder[] => [
  ...EVERYWHERE,
  ...OF_KIND[kind].more,
];

export const requiredPlaceholders = (kind: TemplateKind): readonly Placeholder[] => OF_KIND[kind].required;

/** A subject travels in the open and stands in mail servers' logs: never a link or a code in it. */
export const subjectPlaceholders = EVERYWHERE;

export interface TemplateText {
  readonly subject: string;
  readonly body: string;
}

export type Piece = string | { readonly placeholder: Placeholder };

/** One line of a template. A heading is written with `# ` before it. */
export interface TemplateLine {
  readonly isHeading: boolean;
  readonly pieces: readonly Piece[];
}

const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((one) => one === name);

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(/\{(\w+)\}/g)) {
    const [written, name = ''] = match;
    if (!isPlaceholder(name)) continue;
    if (match.index > end) pieces.push(line.slice(end, match.index));
    pieces.push({ placeholder: name });
    end = match.index + written.length;
  }
  if (end < line.length) pieces.push(line.slice(end));
  return pieces;
}

/**
 * A text cut at its placeholders. Values are put in afterwards, piece by piece: what looks like a placeholder inside a
 * value stays as it is.
 */
export const parseTemplate = (text: string): readonly TemplateLine[] =>
  text.split('\n').map((line) => {
    const isHeading = line.startsWith('# ');
    return { isHeading, pieces: piecesOf(isHeading ? line.slice(2) : line) };
  });

/** The first `{word}` that is none of `allowed`, and the line it stands in, counted from 1. */
export function unknownPlaceholder(
  text: string,
  allowed: readonly Placeholder[],
): { readonly line: number; readonly written: string } | undefined {
  for (const [index, line] of text.split('\n').entries()) {
    for (const [written, name] of line.matchAll(/\{(\w+)\}/g)) {
      if (!allowed.some((one) => one === name)) return { line: index + 1, written };
    }
  }
  return undefined;
}

/** The first placeholder that a text of this kind must hold and does not. */
export const missingPlaceholder = (kind: TemplateKind, body: string): Placeholder | undefined =>
  OF_KIND[kind].required.find((name) => !body.includes(`{${name}}`));

/** The key of a stored template. */
export interface TemplateKey {
  readonly kind: TemplateKind;
  readonly language: Language;
}

/** The batch of a sample: which text it shows, and a part of its own. */
export const sampleBatch = ({ kind, language }: TemplateKey, id: string): string =>
  `${kind} ${language} ${id}`;

/** The text that a sample's batch names. */
export function keyOfSample(batch: string): TemplateKey | undefined {
  const [kind = '', written] = batch.split(' ');
  const language = LANGUAGES.find((one) => one === written);
  return isTemplateKind(kind) && language !== undefined ? { kind, language } : undefined;
}
