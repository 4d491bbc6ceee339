import { runVectors } from '../../protocol/vectors/run.ts';
import { webPrimitives } from '../../protocol/web-primitives.ts';

/** What the test in Chromium calls. */
Object.assign(globalThis, { runVectors: () => runVectors(webPrimitives) });
