import { expect, test } from 'vitest';
import { concat, toBase64url } from '../../protocol/bytes.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { bytesSource } from '../../protocol/record-reader.ts';
import { verifyRecord } from '../../protocol/verifier/index.ts';
import { armedElection } from '../../testing/election.ts';
import { openTestRuntime } from '../../testing/runtime.ts';
import { closeElection } from '../election-setup/close-election.ts';
import { writeRecord } from '../results/index.ts';
import { addVoter, editVoter, removeVoter } from './change-voter.ts';
import { importRoll } from './import-roll.ts';

const input = (email: string) => ({
  last_name: 'Joly',
  first_name: 'Tess',
  email,
  promotion: '',
  building: '',
});

test('a roll that changed while voting was open closes into a record that verifies', async () => {
  const runtime = await openTestRuntime();
  const { id: electionId, voters, terms } = await armedElection(runtime, { voters: 4, state: 'open' });
  const scope = { electionId, actor: 'theo' };
  const bytes = new TextEncoder().encode('nom;prénom;courriel\nA;B;a@x.org\nC;D;c@x.org\n');
  await importRoll(runtime, { ...scope, bytes, mode: 'all', existing: 'keep' });
  await addVoter(runtime, { ...scope, input: input('tess@x.org') });
  await removeVoter(runtime, { ...scope, voterId: voters[0]?.id ?? '' });
  await editVoter(runtime, { ...scope, voterId: voters[1]?.id ?? '', input: input('moved@x.org') });

  runtime.clock.step(3 * 3_600_000);
  expect(await closeElection(runtime, scope)).toMatchObject({ ok: true });
  const record = await writeRecord(runtime, electionId, false);
  if (!record.ok) throw new Error(record.code);
  const chunks: Uint8Array[] = [];
  for await (const chunk of record.value) chunks.push(chunk);
  const verdict = await verifyRecord(nodePrimitives, bytesSource(concat(...chunks)), {
    manifestDigest: toBase64url(terms.digest),
  });
  const statuses = Object.fromEntries(verdict.checks.map(({ id, status }) => [id, status]));
  expect(statuses).toMatchObject({ V1: 'ok', V4: 'ok', V5: 'ok', V9: 'ok', V11: 'ok' });
  expect(verdict.figures).toMatchObject({ voters: 6, marked: 0, ballots: 0 });
  await runtime.cleanup();
});
