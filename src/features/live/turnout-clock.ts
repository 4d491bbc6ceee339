import { hourOf } from '../../domain/turnout-hours.ts';
import { accept } from '../../protocol/outcome.ts';
import { repeatedly } from '../../repeatedly.ts';
import type { Runtime } from '../../runtime.ts';
import { listElections } from '../../store/elections.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { noteTurnout } from '../../store/turnout-hours.ts';

const EVERY_MS = 60_000;

/**
 * Notes the turnout of each open election as the total of the present hour: the marks themselves have no time. `noted`
 * holds what was written last, so that an hour in which nobody votes costs one row and no further write.
 */
export async function noteTurnouts(runtime: Runtime, noted: Map<string, string>): Promise<void> {
  const { store, clock } = runtime;
  for (const { id, state } of await listElections(store.read)) {
    if (state !== 'open') continue;
    const { marked } = await rollFigures(store.read, id);
    const total = { hourAt: hourOf(clock.now()), marked };
    const line = `${total.hourAt} ${marked}`;
    if (noted.get(id) === line) continue;
    await store.inTransaction(async (trx) => accept(await noteTurnout(trx, id, total)));
    noted.set(id, line);
  }
}

/** Notes each minute; the answer stops that and waits for what is under way. */
export function startTurnoutClock(runtime: Runtime): () => Promise<void> {
  const noted = new Map<string, string>();
  return repeatedly(
    EVERY_MS,
    () => noteTurnouts(runtime, noted),
    (error) => runtime.log.votix.error({ err: error }, 'the turnout could not be noted'),
  );
}
