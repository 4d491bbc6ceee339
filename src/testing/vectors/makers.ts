import type { Json } from '../../protocol/canonical-json.ts';
import { ballotCases } from './ballots.ts';
import { challengeCases } from './challenges.ts';
import { countCases } from './counts.ts';
import { credentialCases, rfc9474Cases } from './credentials.ts';
import { encodingCases } from './encodings.ts';
import { keyFileCases } from './key-files.ts';
import { keyProofCases } from './key-proofs.ts';
import { manifestCases } from './manifests.ts';
import { passphraseCases } from './passphrases.ts';
import { recordCases } from './records.ts';
import { sealCases } from './seals.ts';
import { shareCases } from './shares.ts';

/** What makes each vector file, from fixed keys and seeded randomness: the same bytes every time. */
export const makers: Readonly<Record<string, () => Promise<readonly Json[]>>> = {
  encodings: encodingCases,
  'key-proofs': keyProofCases,
  manifests: manifestCases,
  rfc9474: rfc9474Cases,
  credentials: credentialCases,
  seals: sealCases,
  ballots: ballotCases,
  challenges: challengeCases,
  passphrases: passphraseCases,
  'key-files': keyFileCases,
  shares: shareCases,
  counts: countCases,
  records: recordCases,
};
