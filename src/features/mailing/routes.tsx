import { serverName } from '../../mail/word.ts';
import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { findMailProof } from '../../store/mail-proofs.ts';
import { loadSettings } from '../../store/settings.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { linkRoutes } from './link-routes.tsx';
import { KeptMailPage, MailboxPage } from './mailbox-page.tsx';
import type { MailProofView } from './mail-proof.tsx';
import { proveMail } from './prove-mail.ts';
import { findKeptMail, listKeptMails } from './read-kept-mails.ts';
import { sendAdminTest } from './send-admin-test.ts';
import { sheetRoutes } from './sheet-routes.tsx';
import { templateRoutes } from './template-routes.tsx';
import { texts } from './texts.ts';

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;

function mailboxRoutes(runtime: Runtime): Route[] {
  const { store, config } = runtime;
  const timeZone = async (): Promise<string> => (await loadSettings(store.read, config)).timeZone;

  const proof = async (): Promise<MailProofView | undefined> => {
    const server = serverName(config);
    const known = server === undefined ? undefined : await findMailProof(store.read, server);
    return known === undefined ? undefined : { address: known.address, at: known.proven_at };
  };

  const list = async (c: PageContext): Promise<Response> => {
    const page = Math.max(1, wholeNumber(c.req.query('page')) ?? 1);
    const { mails, total } = await listKeptMails(runtime, page);
    return render(
      c,
      <MailboxPage
        c={c}
        mails={mails}
        total={total}
        page={page}
        timeZone={await timeZone()}
        smtpHost={config.smtp?.host}
        testedAddress={c.req.query('tested') === undefined ? undefined : viewerOf(c).email}
        proof={await proof()}
      />,
    );
  };

  const show = async (c: PageContext): Promise<Response> => {
    const kept = await findKeptMail(runtime, c.req.param('mail') ?? '');
    if (kept === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const zone = await timeZone();
    return render(c, <KeptMailPage c={c} mail={kept.mail} timeZone={zone} publicUrl={config.publicUrl} />);
  };

  const download = async (c: PageContext): Promise<Response> => {
    const kept = await findKeptMail(runtime, c.req.param('mail') ?? '');
    if (kept === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    return c.body(new Uint8Array(kept.raw), 200, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${kept.mail.name}"`,
    });
  };

  const test = async (c: PageContext): Promise<Response> => {
    const queued = await sendAdminTest(runtime, { to: viewerOf(c).email });
    return queued.ok ? c.redirect('/mailbox?tested', 303) : refusalPage(c, queued);
  };

  const prove = async (c: PageContext): Promise<Response> => {
    const word = (await readPosted(c)).text('word');
    const proven = await proveMail(runtime, { address: viewerOf(c).email, word });
    if (proven.ok) return c.redirect('/mailbox', 303);
    const label = texts[c.get('language')].mailboxTitle;
    return refusalPage(c, proven, { back: { href: '/mailbox', label } });
  };

  return [
    { method: 'GET', path: '/mailbox', access: 'admin', surface: 'page', handle: list },
    { method: 'POST', path: '/mailbox/test', access: 'admin', surface: 'page', handle: test },
    { method: 'POST', path: '/mailbox/test/word', access: 'admin', surface: 'page', handle: prove },
    { method: 'GET', path: '/mailbox/:mail', access: 'admin', surface: 'page', handle: show },
    { method: 'GET', path: '/mailbox/:mail/file', access: 'admin', surface: 'file', handle: download },
  ];
}

/** Sending the links, and the mailbox of a server without a mail server. */
export const mailingRoutes = (runtime: Runtime): Route[] => [
  ...linkRoutes(runtime),
  ...sheetRoutes(runtime),
  ...templateRoutes(runtime),
  ...mailboxRoutes(runtime),
];
