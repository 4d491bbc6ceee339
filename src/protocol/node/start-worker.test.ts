import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { childArguments, moduleBeside, startWorker } from './start-worker.ts';

const echo = moduleBeside(import.meta.url, '../../testing/echo-worker');

test('a worker runs TypeScript that imports TypeScript, and gets messages posted before it listens', async () => {
  const worker = startWorker(echo, { workerData: 'AQID' });
  worker.postMessage('first', []);
  expect(await once(worker, 'message')).toEqual([{ data: [1, 2, 3], message: 'first' }]);
  await worker.terminate();
});

test('a module that throws becomes an error event of the worker', async () => {
  const worker = startWorker(moduleBeside(import.meta.url, 'absent'));
  expect(await once(worker, 'error')).toEqual([expect.any(Error)]);
});

test('a child process runs the same module from any folder', () => {
  const child = spawnSync(process.execPath, [...childArguments(echo), 'AQID'], {
    cwd: tmpdir(),
    encoding: 'utf8',
  });
  expect(child.stderr).toBe('');
  expect(JSON.parse(child.stdout)).toEqual([1, 2, 3]);
});

test('what runs beside a compiled module is compiled too', () => {
  expect(moduleBeside('file:///app/dist/src/protocol/node/pool.js', 'worker').href).toBe(
    'file:///app/dist/src/protocol/node/worker.js',
  );
});
