import { z } from 'zod';
import { fault } from './input-faults.ts';

/**
 * Control characters, and the invisible ones that turn the direction of writing around: with them a name could be shown
 * as another than the one that is counted.
 */
const CONTROL = /[\p{Cc}\p{Bidi_Control}\u{feff}]/u;
const hasControl = (text: string): boolean => CONTROL.test(text.replace(/[\n\t]/g, ''));

const clean = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n');

/** One line of text: white space joined and trimmed, composed form, at most `most` characters. */
export const lineOfText = (most: number) =>
  z
    .string()
    .transform((text) => clean(text).replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .max(most, fault('TOO_LONG', most))
        .refine((text) => !hasControl(text), fault('CONTROL_CHARACTER')),
    );

/** One line that must not be empty. */
export const requiredLine = (most: number) =>
  lineOfText(most).refine((text) => text.length > 0, fault('REQUIRED'));

/** Text over several lines: LF line ends, no trailing white space. */
export const paragraphs = (most: number) =>
  z
    .string()
    .transform((text) =>
      clean(text)
        .replace(/[^\S\n]+$/gm, '')
        .trim(),
    )
    .pipe(
      z
        .string()
        .max(most, fault('TOO_LONG', most))
        .refine((text) => !hasControl(text), fault('CONTROL_CHARACTER')),
    );

/** An e-mail address that people can write to. */
export const emailAddress = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.email(fault('NOT_AN_ADDRESS')).max(254, fault('TOO_LONG', 254)));

/** A whole number, also as the text of a form field. */
export const wholeNumber = (least: number, most: number) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .trim()
          .regex(/^-?\d{1,9}$/)
          .transform(Number),
      ],
      { error: fault('NOT_A_NUMBER') },
    )
    .pipe(
      z.int(fault('NOT_A_NUMBER')).min(least, fault('TOO_SMALL', least)).max(most, fault('TOO_LARGE', most)),
    );
