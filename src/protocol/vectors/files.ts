import ballots from './v1/ballots.json' with { type: 'json' };
import challenges from './v1/challenges.json' with { type: 'json' };
import counts from './v1/counts.json' with { type: 'json' };
import credentials from './v1/credentials.json' with { type: 'json' };
import encodings from './v1/encodings.json' with { type: 'json' };
import keyFiles from './v1/key-files.json' with { type: 'json' };
import keys from './v1/key-proofs.json' with { type: 'json' };
import manifests from './v1/manifests.json' with { type: 'json' };
import passphrases from './v1/passphrases.json' with { type: 'json' };
import records from './v1/records.json' with { type: 'json' };
import rfc9474 from './v1/rfc9474.json' with { type: 'json' };
import seals from './v1/seals.json' with { type: 'json' };
import shares from './v1/shares.json' with { type: 'json' };

/** The vector files of `votix/1`. They are frozen: another byte is another version. */
export const files: Readonly<Record<string, unknown>> = {
  encodings,
  'key-proofs': keys,
  manifests,
  rfc9474,
  credentials,
  seals,
  ballots,
  challenges,
  passphrases,
  'key-files': keyFiles,
  shares,
  counts,
  records,
};
