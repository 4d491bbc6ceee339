import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from '../config.ts';
import type { Program } from './server-process.ts';

/** What a build is made of; tests and what serves them are not. */
const isSource = (path: string): boolean =>
  /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !/^(testing|browser)\//.test(path);

/** The build where it is newer than every source, else the sources: figures of an old build would mislead. */
export function newestProgram(): Program {
  const built = join(PROJECT_ROOT, 'dist', 'cli.js');
  if (!existsSync(built)) return 'source';
  const folder = join(PROJECT_ROOT, 'src');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
  const newest = Math.max(...paths.map((path) => statSync(join(folder, path)).mtimeMs));
  return statSync(built).mtimeMs >= newest ? 'built' : 'source';
}

/** A module below `src` as this program has it: compiled modules start compiled workers. */
export const moduleOf = async <Module>(program: Program, path: string): Promise<Module> => {
  const file = program === 'built' ? join('dist', 'src', `${path}.js`) : join('src', `${path}.ts`);
  return (await import(pathToFileURL(join(PROJECT_ROOT, file)).href)) as Module;
};
