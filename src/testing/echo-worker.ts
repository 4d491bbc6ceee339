import { parentPort, workerData } from 'node:worker_threads';
import { fromBase64url } from '../protocol/bytes.ts';

const decoded = (text: unknown): number[] => [...(fromBase64url(String(text)) ?? [])];

if (parentPort === null) process.stdout.write(JSON.stringify(decoded(process.argv[2])));
else {
  const port = parentPort;
  port.once('message', (message) =>
    port.postMessage({ data: decoded(workerData), message: message as unknown }),
  );
}
