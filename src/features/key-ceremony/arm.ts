import { canonical } from '../../protocol/canonical-json.ts';
import { fromBase64url } from '../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { startKeyHolder } from '../../protocol/node/key-holder-process.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Runtime } from '../../runtime.ts';
import { requireApproval } from '../../store/approvals.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct, updateElection } from '../../store/elections.ts';
import { findElectionKey, replaceElectionKey } from '../../store/keys.ts';
import { requireReady } from '../../store/readiness.ts';

/** The only copy of a new key: shown once, then forgotten by the server. */
export interface HandedKey {
  /** PEM text of the passphrase-protected private key. */
  readonly keyFile: string;
  /** Nine words joined by hyphens. */
  readonly passphrase: string;
  readonly fingerprint: string;
  /** Suggested file name, ASCII. */
  readonly fileName: string;
}

/**
 * ARM: makes the election's key pair in a child process, stores the public half and hands the private one over. The
 * state becomes `arming`; a pair made earlier is forgotten. Two admins arming at once: the later one is told.
 */
export async function arm(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor },
): Promise<Outcome<HandedKey, RefusalCode>> {
  const { store, clock } = runtime;
  const { electionId, actor } = request;
  const before = await findElectionKey(store.read, electionId);
  const checked = await store.inTransaction(async (trx) => {
    const act = await lockForAct(trx, electionId, 'arm', clock.now());
    if (!act.ok) return act;
    const approved = await requireApproval(trx, { electionId, act: 'arm', actor, now: clock.now() });
    if (!approved.ok) return approved;
    const ready = await requireReady(trx, act.value.election, clock.now());
    return ready.ok ? accept(act.value.election) : ready;
  });
  if (!checked.ok) return checked;

  const holder = startKeyHolder();
  try {
    const made = await holder.generate({
      bits: checked.value.election_key_bits,
      title: checked.value.title,
      madeAt: new Date(clock.now()),
    });
    const modulus = fromBase64url(made.modulus);
    if (modulus === undefined) throw new Error('the key holder answered no modulus');
    const stored = await store.inTransaction(async (trx) => {
      const act = await lockForAct(trx, electionId, 'arm', clock.now());
      if (!act.ok) return act;
      const present = await findElectionKey(trx, electionId);
      if (present?.created_at !== before?.created_at) return refuse('KEY_REPLACED');
      const at = clock.now();
      await replaceElectionKey(trx, {
        election_id: electionId,
        modulus,
        proof: canonical(made.keyProof),
        created_at: at,
        proven_at: null,
      });
      await updateElection(trx, electionId, { state: act.value.next });
      await appendAudit(trx, {
        at,
        actor,
        electionId,
        kind: 'key-made',
        fields: { fingerprint: made.fingerprint },
      });
      return accept(undefined);
    });
    if (!stored.ok) return stored;
    const fileName = `votix-key-${made.fingerprint.slice(0, 9).toLowerCase()}.pem`;
    const { keyFile, passphrase, fingerprint } = made;
    return accept({ keyFile, passphrase, fingerprint, fileName });
  } finally {
    holder.close();
  }
}
