import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Config } from '../config.ts';
import type { ServerSecret } from '../secret.ts';

/** What e-mails leave by and as, in one line; undefined while no mail server is set up. */
export const serverName = ({ smtp, mailFrom }: Config): string | undefined =>
  smtp === undefined ? undefined : `${smtp.host}:${smtp.port} ${mailFrom}`;

/**
 * The word that a test mail shows: whoever types it has received that e-mail, through the mail server of this
 * configuration. One of 2,048 (BIP-39, English), stored nowhere.
 */
export function wordOf(secret: ServerSecret, config: Config, mailId: string): string {
  const [high = 0, low = 0] = secret.derive('votix/mail-word', mailId, serverName(config) ?? '');
  const word = wordlist[((high << 8) | low) % wordlist.length];
  if (word === undefined) throw new Error('the list of words is empty');
  return word;
}
