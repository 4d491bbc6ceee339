import type { RefusalCode } from '../../domain/refusals.ts';
import { loadTerms } from '../../election-terms.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { lockForAct, updateElection } from '../../store/elections.ts';
import { listLinkHolders } from '../../store/link-mails.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { codeOf, linkOf } from '../../voter-secrets.ts';

/** One line of an export for printing or SMS. All of it is secret but the address. */
interface ExportedLink {
  readonly voter: string;
  /** The whole address, with M in its fragment. */
  readonly link: string;
  readonly code: string;
}

/**
 * Links and codes of the whole roll, a page at a time. An audited act: whoever holds the export can vote for everyone
 * on it. It counts as handing links out, so the key can no longer be made anew.
 */
export async function exportLinks(
  runtime: Runtime,
  request: { readonly electionId: string; readonly actor: Actor },
): Promise<Outcome<AsyncGenerator<readonly ExportedLink[]>, RefusalCode>> {
  const { electionId, actor } = request;
  const locked = await runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    const act = await lockForAct(trx, electionId, 'send-links', at);
    if (!act.ok) return act;
    const { registered: count } = await rollFigures(trx, electionId);
    await updateElection(trx, electionId, { links_mailed: 1 });
    await appendAudit(trx, { at, actor, electionId, kind: 'links-exported', fields: { count } });
    return accept(act.value.election);
  });
  if (!locked.ok) return locked;
  const terms = await loadTerms(runtime, electionId);
  if (terms === undefined) return refuse('NOT_ARMED');
  const digest = toBase64url(terms.digest);
  const { code_digits: digits } = locked.value;
  const { config, secret, store } = runtime;
  async function* pages(): AsyncGenerator<readonly ExportedLink[]> {
    for await (const page of listLinkHolders(store.read, electionId)) {
      yield page.map((voter) => ({
        voter: voter.email,
        link: `${config.publicUrl}/vote/${linkOf(secret, voter)}#${digest}`,
        code: codeOf(secret, voter, digits),
      }));
    }
  }
  return accept(pages());
}
