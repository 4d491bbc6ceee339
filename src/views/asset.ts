import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PROJECT_ROOT } from '../config.ts';
import { toBase64url } from '../protocol/bytes.ts';
import { digestOf } from '../secret.ts';

/** A file of the built front end, held in memory with its compressed form. */
export interface Asset {
  /** Address with a digest of the content in it: it may be cached for ever. */
  readonly path: string;
  readonly type: string;
  readonly body: Buffer<ArrayBuffer>;
  /** Absent where compressing gains nothing. */
  readonly gzipped: Buffer<ArrayBuffer> | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};

const BUILD_FOLDER = join(PROJECT_ROOT, 'static', 'build');
const FIXED_FOLDER = join(PROJECT_ROOT, 'static');

let loaded: ReadonlyMap<string, Asset> | undefined;

function readFolder(folder: string, into: Map<string, Asset>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const extension = extname(entry.name);
    const type = TYPES[extension];
    if (!entry.isFile() || type === undefined) continue;
    const body = readFileSync(join(folder, entry.name));
    const gzipped = extension === '.png' || extension === '.ico' ? undefined : gzipSync(body, { level: 9 });
    const digest = toBase64url(digestOf(body)).slice(0, 12);
    const path = `/static/${entry.name.slice(0, -extension.length)}.${digest}${extension}`;
    into.set(entry.name, { path, type, body, gzipped });
  }
}

/** Every file of static/ and static/build/ by name, read once. */
export function loadAssets(): ReadonlyMap<string, Asset> {
  if (loaded !== undefined) return loaded;
  const assets = new Map<string, Asset>();
  readFolder(FIXED_FOLDER, assets);
  try {
    readFolder(BUILD_FOLDER, assets);
  } catch {
    // not built yet: hasBuiltAssets() says so at start
  }
  loaded = assets;
  return assets;
}

export const hasBuiltAssets = (): boolean => loadAssets().has('app.css');

/** The address of a built file, such as `booth.js`, with its content's digest. Throws where the build made no such file. */
export function asset(name: string): string {
  const found = loadAssets().get(name);
  if (found === undefined) throw new Error(`static/build has no ${name}: run npm run build`);
  return found.path;
}

/** The address of a candidate's logo, from its file name (`<digest>.webp`). */
export const logoPath = (file: string): string => `/logos/${file}`;
