import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { ELECTION_STATES } from '../domain/election.ts';
import type { ServerSecret } from '../secret.ts';

export const MANIFEST_FILE = 'backup.json';
export const DATABASE_FILE = 'votix.sqlite';
export const SECRET_FILE = 'secret.key';
export const LOGO_FOLDER = 'logos';

/** The names that may stand in a manifest: none of them leads out of the folder. */
const FILE_NAME = /^(votix\.sqlite|secret\.key|logos\/[0-9a-f]{64}\.webp)$/;

/** Logos that belong to a backup. */
export const isLogo = (name: string): boolean => FILE_NAME.test(`${LOGO_FOLDER}/${name}`);

export const snapshotSchema = z.object({
  auditSeq: z.number().int().min(0),
  elections: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      state: z.enum(ELECTION_STATES),
      marked: z.number().int().min(0),
    }),
  ),
});

/** `backup.json`: what was saved, when, and how to see that it is still the same. Numbers of voters, never of ballots. */
export const manifestSchema = z.object({
  format: z.literal('votix-backup/1'),
  /** Milliseconds UTC. */
  madeAt: z.number().int(),
  /** The program's version. */
  votix: z.string(),
  migrations: z.array(z.string()),
  /** Tells two server secrets apart, and nothing about either. */
  secretCheck: z.string(),
  snapshot: snapshotSchema,
  files: z.record(
    z.string().regex(FILE_NAME),
    z.object({ bytes: z.number().int().min(0), sha256: z.string() }),
  ),
});

export type BackupManifest = z.infer<typeof manifestSchema>;

/** 16 hexadecimal digits, derived from the secret under a label of their own. */
export const secretCheckOf = (secret: ServerSecret): string =>
  Buffer.from(secret.derive('votix/backup')).toString('hex').slice(0, 16);

/** Size and SHA-256 (hexadecimal) of a file, read once. */
export async function digestOfFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
