import { keyHolderKinds } from '../key-holder/vector-kinds.ts';
import { ballotKinds } from './ballot-kinds.ts';
import type { VectorKind } from './case.ts';
import { credentialKinds } from './credential-kinds.ts';
import { encodingKinds } from './encoding-kinds.ts';
import { manifestKinds } from './manifest-kinds.ts';
import { recordKinds } from './record-kinds.ts';

/** How the cases of each kind are run. */
export const kinds: Readonly<Record<string, VectorKind>> = {
  ...encodingKinds,
  ...manifestKinds,
  ...credentialKinds,
  ...ballotKinds,
  ...keyHolderKinds,
  ...recordKinds,
};
