import type { Config } from '../../config.ts';
import type { Language } from '../../domain/election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { FieldError } from '../../views/field-errors.ts';
import type { TypedWindow } from './change-window.ts';
import type { ConfigureForm } from './configure-form.ts';

/** What the sections of the page show. */
export interface SectionProps {
  readonly language: Language;
  readonly form: ConfigureForm;
  readonly window: TypedWindow;
  readonly errors: readonly FieldError[];
  /** What holds where a field is left empty. */
  readonly environment: Config;
  /** File name of the association's logo. */
  readonly logo: string | null;
  readonly hasSmtpPassword: boolean;
  /** The current election. */
  readonly election: ElectionRow | undefined;
  /** Why its window cannot change, as a sentence. */
  readonly frozen: string | undefined;
}
