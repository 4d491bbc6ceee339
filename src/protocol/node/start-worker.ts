import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

const isSource = (url: URL): boolean => url.pathname.endsWith('.ts');

/** The ES module of tsx, whatever the working folder (`require.resolve` would answer its CommonJS twin). */
function tsxUrl(entry: 'dist/loader.mjs' | 'dist/esm/api/index.mjs'): string {
  const described = createRequire(import.meta.url).resolve('tsx/package.json');
  return new URL(`./${entry}`, pathToFileURL(described)).href;
}

/**
 * The module `name` (without extension) in the folder of `importer` (its `import.meta.url`): `.ts` from source, `.js`
 * from the build, which rewrites import statements only and would leave a `new URL('./x.ts', ...)` as it is.
 */
export const moduleBeside = (importer: string, name: string): URL =>
  new URL(`./${name}${isSource(new URL(importer)) ? '.ts' : '.js'}`, importer);

/**
 * Starts a worker thread on a module of this program (see `moduleBeside`). Node 20 loads no TypeScript in workers, so from source (tests,
 * development) the worker first registers tsx itself; compiled code starts directly.
 * Messages posted before the module listens are kept by the port.
 */
export function startWorker(url: URL, options: WorkerOptions = {}): Worker {
  if (!isSource(url)) return new Worker(url, options);
  const bootstrap = [
    `import(${JSON.stringify(tsxUrl('dist/esm/api/index.mjs'))})`,
    `.then((tsx) => { tsx.register(); return import(${JSON.stringify(url.href)}); })`,
  ].join('');
  // execArgv is emptied: loaders inherited from a test runner or from tsx itself would load the module twice
  return new Worker(bootstrap, { ...options, eval: true, execArgv: [] });
}

/** Arguments for `spawn(process.execPath, ...)` that run a module of this program in a child process of its own. */
export function childArguments(url: URL): readonly string[] {
  const path = fileURLToPath(url);
  return isSource(url) ? ['--import', tsxUrl('dist/loader.mjs'), path] : [path];
}
