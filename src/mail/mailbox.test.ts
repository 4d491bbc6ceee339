import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MailboxTransport, listMailbox, readMailbox } from './mailbox.ts';
import type { ComposedMail } from './message.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'votix-mailbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const control = { signal: AbortSignal.timeout(5_000), beforeLastByte: () => Promise.resolve() };
const mail = (number: number, queuedAt: number, raw = `mail ${number}`): ComposedMail => ({
  messageId: `<00000000-0000-4000-8000-00000000000${number}@example.org>`,
  queuedAt,
  envelope: { from: 'a@example.org', to: 'b@example.org' },
  raw: Buffer.from(raw),
});
const kept = (): string => join(folder, 'mail');

test('keeps each e-mail once, newest first, for this account only', async () => {
  const transport = new MailboxTransport(kept());
  expect(await listMailbox(kept())).toEqual([]);
  for (const [number, queuedAt] of [
    [1, 1_000],
    [2, 3_000],
    [3, 2_000],
  ] as const) {
    expect((await transport.send(mail(number, queuedAt), control)).ok).toBe(true);
  }
  await transport.send(mail(2, 3_000, 'sent again'), control);
  const names = await listMailbox(kept());
  expect(names.map((name) => name.slice(0, 13))).toEqual(['0000000003000', '0000000002000', '0000000001000']);
  expect((await readMailbox(kept(), names[0] ?? ''))?.toString()).toBe('sent again');
  expect(readdirSync(kept())).toHaveLength(3);
  expect(statSync(kept()).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(kept())) expect(statSync(join(kept(), name)).mode & 0o777).toBe(0o600);
});

test('no name leads out of the folder', async () => {
  await new MailboxTransport(kept()).send(mail(1, 1), control);
  writeFileSync(join(folder, 'secret.key'), 'secret');
  const [name = ''] = await listMailbox(kept());
  const hostile = [
    '../secret.key',
    '..%2fsecret.key',
    `../mail/${name}`,
    `${name}\0`,
    `/${name}`,
    '',
    '.',
    `.${name}.tmp`,
  ];
  for (const path of hostile) expect(await readMailbox(kept(), path)).toBeUndefined();
});

test('a folder that cannot be written is the server’s trouble, not a sent mail', async () => {
  writeFileSync(kept(), 'a file where the folder should be');
  expect(await new MailboxTransport(kept()).send(mail(1, 1), control)).toMatchObject({
    ok: false,
    code: 'RETRY_LATER',
    detail: { scope: 'server' },
  });
});
