import type { Language } from '../../domain/election.ts';
import type { CodeChannel, TemplateKind } from '../../domain/mail-template.ts';
import { headerLine } from '../address.ts';
import { type MailLine, aside, blank, heading, sentence } from './mail-lines.ts';
import { texts } from './texts.ts';

/** What the lines below a text depend on. */
export interface FixedFacts {
  readonly kind: TemplateKind;
  readonly language: Language;
  readonly channel: CodeChannel;
  readonly contact: string;
  /** Of the election key; undefined before there is one. */
  readonly fingerprint: string | undefined;
  /** Where the text tells times. */
  readonly timeZone: string | undefined;
}

function warningsOf({ kind, language, channel }: FixedFacts): readonly string[] {
  const t = texts[language];
  switch (kind) {
    case 'link':
      return [t.bothAlone, t.harmless];
    case 'link-alone':
      return [t.whereCode[channel], t.linkAlone, t.harmless];
    case 'code':
      return [t.codeAlone];
    case 'reminder':
      return [t.whereCode[channel], t.linkAlone, t.harmless];
    case 'invitation':
    case 'result':
      return [];
  }
}

/** What protects the voter stands below every text and cannot be written away. */
export function fixedLines(facts: FixedFacts): readonly MailLine[] {
  const { kind, language, fingerprint } = facts;
  const t = texts[language];
  const hasLink = kind === 'link' || kind === 'link-alone' || kind === 'reminder';
  const warnings = warningsOf(facts);
  return [
    ...(facts.timeZone === undefined ? [] : [blank, aside(t.zone(facts.timeZone))]),
    ...(warnings.length === 0 ? [] : [blank, ...warnings.map(sentence)]),
    ...(hasLink && fingerprint !== undefined
      ? [
          blank,
          heading(t.fingerprint),
          { kind: 'fingerprint' as const, text: fingerprint },
          aside(t.fingerprintWhy),
        ]
      : []),
    ...(kind === 'result' ? [] : [blank, heading(t.unexpected), sentence(t.unexpectedDo)]),
    blank,
    heading(t.contact),
    sentence(headerLine(facts.contact)),
  ];
}
