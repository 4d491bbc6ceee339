import type { ElectionRow } from '../../store/elections.ts';
import type { MailFigures } from '../../store/mail-figures.ts';
import type { KindTotals, ListedMail } from '../../store/mail-list.ts';
import type { MailFilter } from './mail-filter.ts';

/** What has just been done, said once at the top. */
export type CockpitNews =
  { readonly did: 'paused' | 'resumed' } | { readonly did: 'retried'; readonly count: number };

export interface CockpitView {
  readonly election: ElectionRow;
  readonly figures: MailFigures;
  readonly totals: readonly KindTotals[];
  /** E-mails put off by the mail server, of those that wait. */
  readonly putOff: number;
  readonly pause: { readonly since: number; readonly actor: string } | undefined;
  /** When the quiet hours of now end. */
  readonly quietUntil: number | undefined;
  readonly perMinute: number | undefined;
  readonly minutesLeft: number | undefined;
  readonly filter: MailFilter;
  readonly found: number;
  readonly mails: readonly ListedMail[];
  readonly news: CockpitNews | undefined;
  readonly isRefreshing: boolean;
}
