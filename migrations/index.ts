import type { Migration } from 'kysely';
import { up as foundation } from './0001_foundation.ts';
import { up as staff } from './0003_staff.ts';
import { up as roll } from './0004_roll.ts';
import { up as mailEngine } from './0005_mail_engine.ts';
import { up as mailContent } from './0006_mail_content.ts';
import { up as live } from './0007_live.ts';

/** Every migration, in order. A landed one is never edited: the next change is the next number. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_foundation': { up: foundation },
  '0003_staff': { up: staff },
  '0004_roll': { up: roll },
  '0005_mail_engine': { up: mailEngine },
  '0006_mail_content': { up: mailContent },
  '0007_live': { up: live },
};
