import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { childArguments, moduleBeside } from '../../protocol/node/start-worker.ts';
import { LoadTool } from './load-tool.ts';
import { cryptoSpeed } from './openssl-speed.ts';

/** What casting cannot be quicker than, each part measured alone. Rates a second. */
export interface CastLimits {
  /** Raw SQLite, WAL and synchronous=FULL: one row a commit. */
  readonly singleCommits: number;
  /** The same with 50 rows a commit: rows a second. */
  readonly groupedRows: number;
  /** RSA private operations on all cores. */
  readonly privateOperations: number;
  readonly privateHow: string;
  /** Posts to an empty route by the same load tool over as many connections. */
  readonly emptyPosts: number;
}

/** Voters a second if each took two empty posts, two rows of a shared commit and one private operation, nothing else. */
export const castLimit = ({ emptyPosts, groupedRows, privateOperations }: CastLimits): number =>
  1 / (2 / emptyPosts + 2 / groupedRows + 1 / privateOperations);

export async function measureCastLimits(
  folder: string,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<CastLimits> {
  const singleCommits = commitRate(join(folder, 'single.sqlite'), 1, seconds);
  const groupedRows = commitRate(join(folder, 'grouped.sqlite'), 50, seconds);
  const { sign, how } = await cryptoSpeed('rsa2048', seconds);
  const emptyPosts = await emptyRoute(clients, seconds);
  return { singleCommits, groupedRows, privateOperations: sign, privateHow: how, emptyPosts };
}

/** Rows a second, each as large as a ballot. */
function commitRate(file: string, rowsACommit: number, seconds: number): number {
  const database = new Database(file);
  try {
    database.pragma('page_size = 16384');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('create table row (id integer primary key, content blob) strict');
    const insert = database.prepare('insert into row (content) values (?)');
    const content = Buffer.alloc(1024, 1);
    const commit = database.transaction(() => {
      for (let row = 0; row < rowsACommit; row++) insert.run(content);
    });
    const from = performance.now();
    let rows = 0;
    while (performance.now() - from < 1000 * seconds) {
      commit();
      rows += rowsACommit;
    }
    return (1000 * rows) / (performance.now() - from);
  } finally {
    database.close();
  }
}

async function emptyRoute(clients: number, seconds: number): Promise<number> {
  const program = childArguments(moduleBeside(import.meta.url, 'empty-server'));
  const server = spawn(process.execPath, [...program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const load = new LoadTool();
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const url = `http://127.0.0.1:${port.toString().trim()}`;
    await load.post(url, clients, seconds / 2);
    const { times, seconds: took } = await load.post(url, clients, seconds);
    return times.length / took;
  } finally {
    load.close();
    server.stdin.end();
  }
}
