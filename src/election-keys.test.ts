import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialSigner, forgetCredentialKey, makeServerKeys, openUrnSigner } from './election-keys.ts';
import { loadTerms } from './election-terms.ts';
import { equalBytes, toBase64url } from './protocol/bytes.ts';
import { checkKeyProof } from './protocol/key-proof.ts';
import { nodePrimitives } from './protocol/node/primitives.ts';
import { accept } from './protocol/outcome.ts';
import { ServerSecret } from './secret.ts';
import { type BuiltElection, armedElection } from './testing/election.ts';
import { type TestRuntime, temporaryRuntime } from './testing/runtime.ts';

let test: TestRuntime;
let election: BuiltElection;
beforeAll(async () => {
  test = await temporaryRuntime();
  election = await armedElection(test.runtime);
});
afterAll(() => test.dispose());

const verifies = (urnKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(urnKey) };
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
};

describe('the keys that the server holds', () => {
  it('come with a key proof that holds, and refuse other sizes', async () => {
    const keys = await makeServerKeys(test.runtime, 2048);
    expect(await checkKeyProof(nodePrimitives, keys.credentialKey, keys.credentialProof)).toBe(true);
    const message = new Uint8Array(32).fill(5);
    expect(verifies(keys.urnKey, message, await keys.sign(message))).toBe(true);
    await expect(makeServerKeys(test.runtime, 1024)).rejects.toThrow(RangeError);
  });

  it('sign the same bytes for the same message, and again after a restart', async () => {
    const message = new Uint8Array(32).fill(9);
    const signature = await (await openUrnSigner(test.runtime, election.id))(message);
    expect(verifies(election.terms.urnKey, message, signature)).toBe(true);
    await test.restart();
    expect(equalBytes(await (await openUrnSigner(test.runtime, election.id))(message), signature)).toBe(true);
  });

  it('do not open without the server secret, nor in the row of another election', async () => {
    const stranger = { ...test.runtime, secret: new ServerSecret(new Uint8Array(32).map((_, i) => i)) };
    await expect(openUrnSigner(stranger, election.id)).rejects.toThrow(/unable to authenticate/i);
    const other = await armedElection(test.runtime);
    await test.runtime.store.inTransaction(async (trx) => {
      const { sealed_urn_key } = await trx
        .selectFrom('server_key')
        .select('sealed_urn_key')
        .where('election_id', '=', election.id)
        .executeTakeFirstOrThrow();
      await trx
        .updateTable('server_key')
        .set({ sealed_urn_key })
        .where('election_id', '=', other.id)
        .execute();
      return accept(true);
    });
    await expect(openUrnSigner(test.runtime, other.id)).rejects.toThrow(/unable to authenticate/i);
  });

  it('lose the credential key for ever when the close has erased it', async () => {
    expect(await credentialSigner(test.runtime, election.terms)).toBeDefined();
    await test.runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('server_key')
        .set({ sealed_credential_key: null })
        .where('election_id', '=', election.id)
        .execute();
      return accept(true);
    });
    await forgetCredentialKey(test.runtime, election.id);
    const terms = await loadTerms(test.runtime, election.id);
    expect(terms && (await credentialSigner(test.runtime, terms))).toBeUndefined();
  });
});
