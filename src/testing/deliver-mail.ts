import { readConfig } from '../config.ts';
import { deliverQueued } from '../mail/deliver.ts';
import { openRuntime } from '../runtime.ts';
import { SteppingClock } from './runtime.ts';

/** A process of its own that delivers what is due, to be killed at any instant. The hour is given in milliseconds. */
const runtime = await openRuntime(readConfig(), new SteppingClock(Number(process.argv[2])));
await deliverQueued(runtime);
