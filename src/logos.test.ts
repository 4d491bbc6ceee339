import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from './config.ts';
import { encodeLogo, storeLogo, sweepLogos } from './logos.ts';
import { type OpenedRuntime, openTestRuntime } from './testing/runtime.ts';

const SAMPLES = join(PROJECT_ROOT, 'src/testing/samples/images');
const sample = (name: string): Buffer => readFileSync(join(SAMPLES, name));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'votix-logos-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function encoded(picture: Uint8Array): Promise<Buffer> {
  const outcome = await encodeLogo(picture);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

/** Peak resident memory above what it was before, in MB, and the time taken in milliseconds. */
async function measured<T>(work: () => Promise<T>): Promise<{ value: T; ms: number; megabytes: number }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const probe = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
  const start = performance.now();
  const value = await work();
  clearInterval(probe);
  peak = Math.max(peak, process.memoryUsage.rss());
  return { value, ms: performance.now() - start, megabytes: (peak - before) / 2 ** 20 };
}

describe('encodeLogo', () => {
  it.each(['logo-400x300.png', 'logo.webp', 'logo-transparent.gif', 'photo-gps-orientation-6.jpg'])(
    're-encodes %s as a WebP of at most 512 pixels without metadata',
    async (name) => {
      const picture = await encoded(sample(name));
      const { format, width, height, exif, xmp, iptc, icc, orientation } = await sharp(picture).metadata();
      expect(format).toBe('webp');
      expect(Math.max(width, height)).toBeLessThanOrEqual(512);
      expect([exif, xmp, iptc, icc, orientation]).toEqual(Array(5).fill(undefined));
    },
  );

  it('turns a photograph upright and forgets where it was taken', async () => {
    expect((await sharp(sample('photo-gps-orientation-6.jpg')).metadata()).exif).toBeDefined();
    const picture = await encoded(sample('photo-gps-orientation-6.jpg'));
    const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([300, 400]);
    const pixel = (x: number, y: number) => [...data.subarray((y * 300 + x) * 3, (y * 300 + x) * 3 + 3)];
    const [red, green] = [pixel(5, 5), pixel(294, 5)];
    expect(red[0]).toBeGreaterThan(2 * (red[1] ?? 0));
    expect(green[1]).toBeGreaterThan(2 * (green[0] ?? 0));
    expect(picture.includes('Exif')).toBe(false);
  });

  it('keeps what is transparent', async () => {
    const { hasAlpha } = await sharp(await encoded(sample('logo-transparent.gif'))).metadata();
    expect(hasAlpha).toBe(true);
  });

  it('takes the first frame of an animation', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer();
    const animation = await sharp([await frame('#ff0000'), await frame('#0000ff')], {
      join: { animated: true },
    })
      .gif()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const picture = await encoded(animation);
    expect((await sharp(picture).metadata()).pages ?? 1).toBe(1);
    const { dominant } = await sharp(picture).stats();
    expect(dominant.r).toBeGreaterThan(dominant.b);
  });

  it('refuses a bomb by its header, quickly and in little memory (S11)', async () => {
    const { value, ms, megabytes } = await measured(() => encodeLogo(sample('bomb-12000x12000.png')));
    expect(value).toMatchObject({ code: 'PICTURE_TOO_LARGE' });
    expect(ms).toBeLessThan(500);
    expect(megabytes).toBeLessThan(64);
  });

  it('unfolds the largest picture that is allowed within 2 s and 256 MB (S11)', async () => {
    const flat = { width: 7_700, height: 5_190, channels: 3, background: '#336699' } as const;
    const largest = await sharp({ create: flat }).jpeg({ quality: 40, progressive: true }).toBuffer();
    const { value, ms, megabytes } = await measured(() => encodeLogo(largest));
    // a slow machine may run into the limit of two seconds, which refuses; both are fine, hanging is not
    expect(['encoded', 'PICTURE_TOO_LARGE']).toContain(value.ok ? 'encoded' : value.code);
    expect(ms).toBeLessThan(4_000);
    expect(megabytes).toBeLessThan(256);
  });

  it.each([
    ['an SVG', () => sample('logo-script.svg')],
    ['an SVG behind white space', () => Buffer.concat([Buffer.from('\n  '), sample('logo-script.svg')])],
    ['nothing', () => Buffer.alloc(0)],
    ['a PNG signature with nothing behind it', () => sample('logo-400x300.png').subarray(0, 8)],
    ['half of a PNG', () => sample('logo-400x300.png').subarray(0, 1_800)],
    [
      'a TIFF',
      () =>
        sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
          .tiff()
          .toBuffer(),
    ],
    ['a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj\n')],
    ['a page of HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF signature before HTML', () => Buffer.from('GIF89a<script>alert(1)</script>')],
  ])('refuses %s', async (_, make) => {
    expect(await encodeLogo(await make())).toMatchObject({ code: 'UNSUPPORTED_PICTURE' });
  });

  it('refuses more than 5 MB unread', async () => {
    expect(await encodeLogo(Buffer.alloc(5 * 1024 * 1024 + 1))).toMatchObject({ code: 'PICTURE_TOO_LARGE' });
  });

  it('drops what hides behind or inside a picture', async () => {
    const script = '<script>alert(1)</script>';
    const polyglot = Buffer.concat([sample('logo-400x300.png'), Buffer.from(script)]);
    expect((await encoded(polyglot)).includes('script')).toBe(false);
    const commented = await sharp(sample('logo-400x300.png'))
      .withExif({ IFD0: { ImageDescription: script } })
      .jpeg()
      .toBuffer();
    expect(commented.includes('script')).toBe(true);
    expect((await encoded(commented)).includes('script')).toBe(false);
  });
});

describe('storeLogo', () => {
  it('names a file by its content, once', async () => {
    const first = await storeLogo(folder, sample('logo.webp'));
    const second = await storeLogo(folder, sample('logo.webp'));
    expect(first).toEqual(second);
    expect(first).toMatchObject({ value: expect.stringMatching(/^[0-9a-f]{64}\.webp$/) });
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('sweepLogos', () => {
  let runtime: OpenedRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime();
  });
  afterAll(() => runtime.cleanup());

  it('removes old pictures that no candidate shows, and nothing else', async () => {
    const { logoDir } = runtime.config;
    const stored = await storeLogo(logoDir, sample('logo.webp'));
    for (const name of ['.abandoned.draft', 'readme.txt']) writeFileSync(join(logoDir, name), '');
    await sweepLogos(runtime);
    expect(readdirSync(logoDir)).toHaveLength(3);
    const hourAgo = new Date(Date.now() - 3_600_000);
    for (const name of readdirSync(logoDir)) utimesSync(join(logoDir, name), hourAgo, hourAgo);
    await sweepLogos(runtime);
    expect(readdirSync(logoDir)).toEqual(['readme.txt']);
    expect(stored.ok).toBe(true);
  });
});
