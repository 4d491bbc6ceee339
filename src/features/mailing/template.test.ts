import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../domain/election.ts';
import {
  TEMPLATE_KINDS,
  missingPlaceholder,
  parseTemplate,
  placeholdersOf,
  unknownPlaceholder,
} from '../../domain/mail-template.ts';
import { createApp } from '../../http/app.tsx';
import { deliverQueued } from '../../mail/deliver.ts';
import { defaultTexts } from '../../mail/templates/default-texts.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { formPost, signInAs } from '../../testing/staff.ts';
import { readTemplate } from './edit-template.ts';
import { sendLinks } from './send-links.ts';

let runtime: OpenedRuntime;
beforeEach(async () => {
  runtime = await openTestRuntime({ environment: { PUBLIC_URL: 'https://vote.example.org' } });
});
afterEach(() => runtime.cleanup());

async function signedIn(role: 'admin' | 'technician' = 'admin') {
  const app = createApp(runtime);
  const headers = await signInAs(app, runtime, role);
  return {
    text: async (path: string) => (await app.request(path, { headers })).text(),
    get: (path: string) => app.request(path, { headers }),
    post: (path: string, fields: Record<string, string>) => app.request(path, formPost(fields, headers)),
  };
}

const keptMails = async () => {
  const folder = join(runtime.folder, 'mail');
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return Promise.all(names.map((name) => PostalMime.parse(readFileSync(join(folder, name)))));
};

describe('a template', () => {
  test('every built-in text is one that could be saved', () => {
    for (const language of LANGUAGES) {
      for (const kind of TEMPLATE_KINDS) {
        expect(readTemplate({ kind, language }, defaultTexts[language][kind])).toMatchObject({ ok: true });
      }
    }
  });

  test('names what it may not hold, with its line, and what is missing', () => {
    const link = { kind: 'link', language: 'en' } as const;
    const read = (body: string, subject = 'S') => readTemplate(link, { subject, body });
    expect(read('Hello\n{name} {nam}\n{link} {code}')).toMatchObject({
      code: 'INVALID_INPUT',
      detail: { body: 'NOT_A_PLACEHOLDER:2: {nam}' },
    });
    expect(read('{link}')).toMatchObject({ detail: { body: 'PLACEHOLDER_MISSING:{code}' } });
    expect(read('{link} {code} {result}')).toMatchObject({
      detail: { body: 'NOT_A_PLACEHOLDER:1: {result}' },
    });
    expect(read('{link} {code}', 'Code {code}')).toMatchObject({
      detail: { subject: 'NOT_A_PLACEHOLDER:1: {code}' },
    });
    expect(read('')).toMatchObject({ detail: { body: 'REQUIRED' } });
    expect(read(`{link} {code}${'x'.repeat(4_000)}`)).toMatchObject({ detail: { body: 'TOO_LONG:4000' } });
    expect(read('{link} {code} \u202e')).toMatchObject({ detail: { body: 'CONTROL_CHARACTER' } });
    expect(read('{ link } {} {link} {code}')).toMatchObject({ ok: true });
  });

  test('loses nothing of any text when it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'link', 'code', 'x', '\n', '# ') }), (text) => {
        const again = parseTemplate(text)
          .map(({ isHeading, pieces }) => {
            const words = pieces.map((piece) =>
              typeof piece === 'string' ? piece : `{${piece.placeholder}}`,
            );
            return `${isHeading ? '# ' : ''}${words.join('')}`;
          })
          .join('\n');
        expect(again).toBe(text);
      }),
    );
  });

  test('asks of each kind what it may hold', () => {
    for (const kind of TEMPLATE_KINDS) {
      const all = placeholdersOf(kind)
        .map((name) => `{${name}}`)
        .join('\n');
      expect(unknownPlaceholder(all, placeholdersOf(kind))).toBeUndefined();
      expect(missingPlaceholder(kind, all)).toBeUndefined();
    }
    expect(placeholdersOf('link-alone')).not.toContain('code');
    expect(placeholdersOf('code')).not.toContain('link');
  });
});

describe('the pages of the texts', () => {
  const HOSTILE = '<script>alert(1)</script>" onload="x';

  test('save, show, send and restore a text of one’s own', async () => {
    const election = await armedElection(runtime, { voters: 2, state: 'open', title: 'Board {code}' });
    const olive = await signedIn();
    expect(await olive.text('/templates')).toContain('built-in text');
    const body = `Dear {name}, ${HOSTILE}\n\n# {title}\n{link}\n{code}`;
    const saved = await olive.post('/templates/link', {
      language: 'en',
      act: 'save',
      subject: `Vote ${HOSTILE}`,
      body,
    });
    expect(saved.headers.get('location')).toBe('/templates/link?in=en&saved');
    const page = await olive.text('/templates/link?in=en&saved');
    expect(page).toContain('The text is saved.');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('Vera Example');
    for (const { link, code } of election.voters) {
      expect(page).not.toContain(link);
      expect(page).not.toContain(code);
    }
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    await deliverQueued(runtime);
    for (const { subject, text = '', html = '', to } of await keptMails()) {
      const voter = election.voters.find(({ email }) => email === to?.[0]?.address);
      expect(subject).toBe(`Vote ${HOSTILE}`);
      expect(text).toContain(`Dear First`);
      // the title says "{code}": it is not asked a second time
      expect(text).toContain('Board {code}');
      expect(text).toContain(`\nhttps://vote.example.org/vote/${voter?.link}#`);
      expect(text).toContain('Do not pass this e-mail on.');
      expect(text).toContain('Fingerprint of the election key');
      expect(html).not.toContain('<script>');
    }
    const restored = await olive.post('/templates/link', { language: 'en', act: 'restore' });
    expect(restored.headers.get('location')).toBe('/templates/link?in=en&restored');
    expect(await olive.text('/templates/link?in=en')).not.toContain('Dear {name}');
    const entries = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['kind', 'fields'])
      .where('kind', 'like', 'template-%')
      .orderBy('seq')
      .execute();
    expect(entries).toEqual([
      { kind: 'template-changed', fields: '{"kind":"link","language":"en"}' },
      { kind: 'template-restored', fields: '{"kind":"link","language":"en"}' },
    ]);
  });

  test('a preview writes nothing; a fault is told at its field and keeps what was typed', async () => {
    const olive = await signedIn();
    const form = { language: 'fr', subject: 'Objet', body: 'Votre lien {link}, {code}' };
    const previewed = await olive.post('/templates/link', { ...form, act: 'preview' });
    expect(previewed.status).toBe(200);
    expect(await previewed.text()).toContain('it is not saved yet');
    expect(await runtime.store.read.selectFrom('mail_template').selectAll().execute()).toEqual([]);
    const faulty = await olive.post('/templates/link', { ...form, body: 'un\n{lien}', act: 'save' });
    expect(faulty.status).toBe(422);
    const page = await faulty.text();
    expect(page).toContain('line 2: {lien}');
    expect(page).toContain('un\n{lien}</textarea>');
    expect((await olive.get('/templates/nothing')).status).toBe(404);
  });

  test('a sample goes to who asked, with nobody’s link or code', async () => {
    const election = await armedElection(runtime, { voters: 3, state: 'open' });
    const olive = await signedIn();
    for (const kind of TEMPLATE_KINDS) {
      const sent = await olive.post(`/templates/${kind}/test`, { language: 'fr' });
      expect(sent.headers.get('location')).toBe(`/templates/${kind}?in=fr&tested`);
    }
    expect(await deliverQueued(runtime)).toMatchObject({ sent: TEMPLATE_KINDS.length });
    const mails = await keptMails();
    expect(mails).toHaveLength(TEMPLATE_KINDS.length);
    for (const { to, text = '', html = '' } of mails) {
      expect(to?.[0]?.address).toBe('olive@school.example');
      expect(text).toContain('Ceci est un exemple');
      for (const { link, code } of election.voters) {
        expect(text + html).not.toContain(link);
        expect(text + html).not.toContain(code);
      }
    }
  });

  test('are closed to technicians', async () => {
    const theo = await signedIn('technician');
    for (const path of ['/templates', '/templates/link']) expect((await theo.get(path)).status).toBe(403);
    for (const path of ['/templates/link', '/templates/link/test'])
      expect((await theo.post(path, { language: 'en' })).status).toBe(403);
  });

  test('a text that was changed while e-mails wait is the one they say', async () => {
    const election = await armedElection(runtime, { voters: 1, state: 'open' });
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    const olive = await signedIn();
    const form = { language: 'en', act: 'save', subject: 'New', body: 'New words {link} {code}' };
    await olive.post('/templates/link', form);
    await deliverQueued(runtime);
    expect((await keptMails()).map(({ subject }) => subject)).toEqual(['New']);
  });
});
