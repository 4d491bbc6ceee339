import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { type MadeBackup, makeBackup, unfinishedName } from '../operation/make-backup.ts';
import { onInterrupt } from './confirm.ts';
import { UsageError, answer, guarded, progressBar, refused } from './terminal.ts';

export interface BackupOptions {
  readonly out: string;
  readonly withoutSecret?: boolean;
  readonly json?: boolean;
}

const SECRET_SAID: Readonly<Record<MadeBackup['secret'], string>> = {
  'in-backup':
    'It holds the server secret: whoever has it can make every voting link. Guard it as the server itself.',
  'in-environment':
    'The server secret is not in it: it comes from SECRET_KEY. Keep it where you keep secrets.',
  'left-out':
    'The server secret is not in it: keep var/secret.key apart, nothing can be restored without it.',
};

/** Ballots that came between two copies belong to those who were marked between them. */
const BETWEEN_TWO =
  'Whoever holds two backups of an open election sees who voted between them: make few, far apart.';

/** `backup --out DIR`: a new folder, whole or not there at all; beside a running server too. */
export const backupCommand = (options: BackupOptions): Promise<number> =>
  guarded(async () => {
    const out = resolve(options.out);
    if (existsSync(out)) throw new UsageError(`${options.out} exists already: name a new folder`);
    const bar = progressBar(options, 'saving the database (bytes)');
    const finished = onInterrupt(() => rmSync(unfinishedName(out), { recursive: true, force: true }));
    const made = await makeBackup(readConfig(), {
      out,
      now: Date.now(),
      isSecretLeftOut: options.withoutSecret === true,
      onProgress: (done, total) => bar.update(done, total),
    });
    finished();
    bar.stop();
    if (!made.ok) return refused(options, made);
    const { manifest, secret } = made.value;
    const files = Object.values(manifest.files);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const elections = manifest.snapshot.elections.map(
      ({ title, state, marked }) => `  ${title}  [${state}], ${marked} have voted`,
    );
    const isVoting = manifest.snapshot.elections.some(({ state }) => state === 'open');
    return answer(
      options,
      [
        `The backup is in ${options.out}: ${files.length} files, ${bytes} bytes, checked.`,
        ...elections,
        SECRET_SAID[secret],
        ...(isVoting ? [BETWEEN_TWO] : []),
      ].join('\n'),
      { out, bytes, secret, madeAt: new Date(manifest.madeAt).toISOString(), ...manifest.snapshot },
    );
  });
