import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Outcome, accept, refuse } from './protocol/outcome.ts';
import type { Runtime } from './runtime.ts';
import { digestOf } from './secret.ts';
import { listLogos } from './store/contests.ts';

export const LARGEST_PICTURE_BYTES = 5 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const LONGEST_SECONDS = 2;
const LONGEST_SIDE = 512;
/** A picture is kept before its candidate is stored: younger files are left alone. */
const SWEEP_AFTER_MS = 60_000;

export type PictureFault = 'UNSUPPORTED_PICTURE' | 'PICTURE_TOO_LARGE';
type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif';

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, i) => bytes[at + i] === byte);
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];

/** The format by its first bytes. The name and the declared type of an upload say nothing. */
function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  if (startsWith(bytes, [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, ascii('RIFF')) && startsWith(bytes, ascii('WEBP'), 8)) return 'webp';
  if (startsWith(bytes, ascii('GIF87a')) || startsWith(bytes, ascii('GIF89a'))) return 'gif';
  return undefined;
}

/** One picture is unfolded at a time, so that several uploads together need no more memory than one. */
let lastTurn: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => undefined);
  return turn;
}

/**
 * Re-encodes an uploaded picture (PNG, JPEG, WebP or GIF, at most 5 MB and 40 megapixels) as a WebP of at most 512 pixels
 * a side: upright, first frame, without metadata. What an attacker hid beside the pixels does not get through.
 */
export async function encodeLogo(picture: Uint8Array): Promise<Outcome<Buffer, PictureFault>> {
  if (picture.length > LARGEST_PICTURE_BYTES) return refuse('PICTURE_TOO_LARGE');
  const format = formatOf(picture);
  if (format === undefined) return refuse('UNSUPPORTED_PICTURE');
  return inTurn(async () => {
    try {
      // a bomb is told by its header, before anything is unfolded
      const header = await sharp(picture, { limitInputPixels: false }).metadata();
      if (header.format !== format) return refuse('UNSUPPORTED_PICTURE');
      if (header.width * header.height > MOST_PIXELS) return refuse('PICTURE_TOO_LARGE');
      const encoded = await sharp(picture, { limitInputPixels: MOST_PIXELS, pages: 1, failOn: 'error' })
        .timeout({ seconds: LONGEST_SECONDS })
        .autoOrient()
        .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 85 })
        .toBuffer();
      return accept(encoded);
    } catch (error) {
      const isTimeout = error instanceof Error && error.message.includes('timeout');
      return refuse(isTimeout ? 'PICTURE_TOO_LARGE' : 'UNSUPPORTED_PICTURE');
    }
  });
}

/** Re-encodes a picture and keeps it in `folder` as `<sha256 of the content>.webp`; answers that name. */
export async function storeLogo(folder: string, picture: Uint8Array): Promise<Outcome<string, PictureFault>> {
  const encoded = await encodeLogo(picture);
  if (!encoded.ok) return encoded;
  const name = `${Buffer.from(digestOf(encoded.value)).toString('hex')}.webp`;
  const draft = join(folder, `.${randomUUID()}.draft`);
  try {
    const file = await open(draft, 'wx', 0o640);
    try {
      await file.writeFile(encoded.value);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return accept(name);
}

/** Removes the logos that no candidate shows any more: a portrait goes when its candidate goes. */
export async function sweepLogos({ config, store, log }: Runtime): Promise<void> {
  const used = new Set(await listLogos(store.read));
  for (const name of await readdir(config.logoDir)) {
    if (used.has(name) || !/\.(?:webp|draft)$/.test(name)) continue;
    const path = join(config.logoDir, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > SWEEP_AFTER_MS) await rm(path, { force: true });
    } catch (error) {
      log.app.warn({ err: error, name }, 'an unused logo could not be removed');
    }
  }
}
