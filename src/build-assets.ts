import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { PurgeCSS } from 'purgecss';

const require = createRequire(import.meta.url);
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const OUT = join(ROOT, 'static', 'build');
const BROWSER = join(ROOT, 'src', 'browser');
const THEME = join(ROOT, 'src', 'views', 'theme');

/** Written beside and renamed: a server or a test that is reading sees the old file or the new one, whole. */
function put(name: string, content: string | Uint8Array): void {
  const path = join(OUT, name);
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

/** Each entry is bundled by itself; what it imports later (`await import`) becomes a chunk named after its content. */
async function buildScripts(): Promise<string[]> {
  const entries = readdirSync(BROWSER).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const written: string[] = [];
  for (const entry of entries) {
    const { outputFiles } = await build({
      entryPoints: [join(BROWSER, entry)],
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      charset: 'utf8',
      legalComments: 'none',
      outdir: OUT,
      chunkNames: 'chunk-[hash]',
      write: false,
      logLevel: 'warning',
    });
    for (const file of outputFiles) {
      const name = file.path.slice(OUT.length + 1);
      put(name, file.contents);
      written.push(name);
    }
  }
  return written;
}

/** Bootstrap switches to dark by an attribute that only a script could set; the reader's own preference needs none. */
const followPreference = (css: string): string =>
  css.replace(
    /\[data-bs-theme=dark\]\{([^}]*)\}/g,
    (_, rules: string) => `@media (prefers-color-scheme:dark){:root{${rules}}}`,
  );

/** Bootstrap, reduced to what the pages use, and the theme after it. */
async function buildStyles(): Promise<string> {
  const bootstrap = followPreference(
    readFileSync(require.resolve('bootstrap/dist/css/bootstrap.min.css'), 'utf8'),
  );
  const theme = readdirSync(THEME)
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => readFileSync(join(THEME, name), 'utf8'));
  const [purged] = await new PurgeCSS().purge({
    content: [join(ROOT, 'src/{views,features,http}/**/*.{ts,tsx}'), join(ROOT, 'src/browser/*.ts')],
    css: [{ raw: bootstrap, name: 'bootstrap.css' }],
    safelist: ['html', 'body'],
    variables: true,
  });
  if (purged === undefined) throw new Error('the style sheet could not be reduced');
  const { code } = await transform(`${purged.css}\n${theme.join('\n')}`, {
    loader: 'css',
    minify: true,
    target: ['chrome100', 'firefox100', 'safari15.4'],
  });
  put('app.css', code);
  return 'app.css';
}

/** Makes static/build/ from src/browser and src/views/theme; files of builds before are removed. */
export async function buildAssets(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const written = new Set([...(await buildScripts()), await buildStyles()]);
  for (const name of readdirSync(OUT)) {
    if (!written.has(name) && !name.endsWith('.draft')) rmSync(join(OUT, name), { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAssets();
  for (const name of readdirSync(OUT).sort()) {
    const size = gzipSync(readFileSync(join(OUT, name)), { level: 9 }).length;
    console.log(`${name}  ${(size / 1024).toFixed(1)} KB gzipped`);
  }
}
