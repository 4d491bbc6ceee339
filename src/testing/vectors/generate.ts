import type { Json } from '../../protocol/canonical-json.ts';
import { ballotCases } from './ballots.ts';
import { credentialCases, rfc9474Cases } from './credentials.ts';
import { encodingCases } from './encodings.ts';
import { keyProofCases } from './key-proofs.ts';
import { manifestCases } from './manifests.ts';
import { sealCases } from './seals.ts';
import { freeze } from './vector-file.ts';

const makers: Readonly<Record<string, () => Promise<readonly Json[]>>> = {
  encodings: encodingCases,
  'key-proofs': keyProofCases,
  manifests: manifestCases,
  rfc9474: rfc9474Cases,
  credentials: credentialCases,
  seals: sealCases,
  ballots: ballotCases,
};

for (const [name, make] of Object.entries(makers)) {
  const same = freeze(name, await make());
  console.log(`${name}: ${same ? 'as frozen' : 'DIFFERS from the frozen file'}`);
  if (!same) process.exitCode = 1;
}
