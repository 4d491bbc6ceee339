import {
  type Piece,
  type Placeholder,
  type TemplateLine,
  type TemplateText,
  parseTemplate,
} from '../../domain/mail-template.ts';
import { headerLine } from '../address.ts';

/** What stands for a placeholder; a line that names one without a value is left out. */
export type MailValues = Readonly<Partial<Record<Placeholder, string>>>;

/** A piece of a line: words, or an address to follow. */
export interface MailPart {
  readonly text: string;
  readonly href?: string;
}

/** One line of an e-mail, as both of its parts show it. */
export type MailLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'title' | 'heading' | 'code' | 'fingerprint' | 'link' | 'result'; readonly text: string }
  | { readonly kind: 'text'; readonly parts: readonly MailPart[]; readonly isSmall: boolean };

export const blank: MailLine = { kind: 'blank' };
export const heading = (text: string): MailLine => ({ kind: 'heading', text });
export const sentence = (text: string): MailLine => ({ kind: 'text', parts: [{ text }], isSmall: false });
export const aside = (text: string): MailLine => ({ kind: 'text', parts: [{ text }], isSmall: true });

/** Placeholders that stand out where a line holds nothing else. */
const APART = ['link', 'code', 'fingerprint', 'result'] as const;
/** Made by this server; all other values are texts of officials and rolls. */
const OURS: readonly Placeholder[] = APART;

/** A code as people read it aloud: `123 456`. */
const groupCode = (code: string): string => code.match(/.{1,3}/g)?.join(' ') ?? '';

// a line of an official or a roll stays one line: it must not be able to imitate the parts below
function shown(placeholder: Placeholder, value: string): string {
  if (placeholder === 'code') return groupCode(value);
  return OURS.includes(placeholder) ? value : headerLine(value);
}

function partOf(piece: Piece, values: MailValues): MailPart {
  if (typeof piece === 'string') return { text: piece };
  const { placeholder } = piece;
  const text = shown(placeholder, values[placeholder] ?? '');
  return placeholder === 'link' || placeholder === 'result' ? { text, href: text } : { text };
}

const isValueless = (piece: Piece, values: MailValues): boolean =>
  typeof piece !== 'string' && values[piece.placeholder] === undefined;

function filledLine(line: TemplateLine, values: MailValues): readonly MailLine[] {
  const pieces = line.pieces.filter((piece) => typeof piece !== 'string' || piece.trim() !== '');
  if (pieces.length === 0) return [blank];
  if (pieces.some((piece) => isValueless(piece, values))) return [];
  const parts = line.pieces.map((piece) => partOf(piece, values));
  const text = parts.map((part) => part.text).join('');
  const [only] = pieces.length === 1 ? pieces : [];
  const alone = typeof only === 'object' ? only.placeholder : undefined;
  if (line.isHeading) return [{ kind: alone === 'title' ? 'title' : 'heading', text }];
  const apart = APART.find((name) => name === alone);
  return [apart === undefined ? { kind: 'text', parts, isSmall: false } : { kind: apart, text: text.trim() }];
}

/** The lines of a template's body with their values. */
export const fillBody = (template: TemplateText, values: MailValues): readonly MailLine[] =>
  parseTemplate(template.body).flatMap((line) => filledLine(line, values));

/** A template's subject, one line. */
export const fillSubject = (template: TemplateText, values: MailValues): string =>
  parseTemplate(template.subject)
    .flatMap(({ pieces }) => pieces.map((piece) => partOf(piece, values).text))
    .join('');

/** Whether a text says when something is: then the zone is told below it. */
export const tellsTimes = (template: TemplateText): boolean => /\{(?:opens|closes)\}/.test(template.body);
