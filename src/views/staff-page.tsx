import type { PropsWithChildren } from 'hono/jsx';
import type { ElectionState, Language } from '../domain/election.ts';
import { Document } from './document.tsx';
import { Icon } from './icon.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Mark } from './mark.tsx';
import type { PageContext, Viewer } from './route.ts';
import { texts } from './texts.ts';

/** What a page needs of the election it belongs to; an election's row will do. */
export interface ElectionHeading {
  readonly id: string;
  readonly title: string;
  readonly state: ElectionState;
}

export interface Crumb {
  readonly href: string;
  readonly label: string;
}

/** The pages of an election in the order of its life; what only admins may open is shown to them alone. */
const ELECTION_PAGES = [
  { path: '', label: 'overview', isForAdmins: false },
  { path: '/configure', label: 'configure', isForAdmins: false },
  { path: '/register-candidate', label: 'candidates', isForAdmins: false },
  { path: '/register-voter', label: 'voters', isForAdmins: false },
  { path: '/buildings', label: 'buildings', isForAdmins: false },
  { path: '/arm', label: 'key', isForAdmins: true },
  { path: '/links', label: 'links', isForAdmins: true },
  { path: '/dashboard', label: 'dashboard', isForAdmins: false },
  { path: '/deliberate', label: 'deliberate', isForAdmins: true },
  { path: '/results', label: 'results', isForAdmins: true },
  { path: '/minutes', label: 'minutes', isForAdmins: true },
  { path: '/log', label: 'log', isForAdmins: true },
] as const;

const NavLink = (props: { href: string; label: string; path: string; isExact?: boolean }) => {
  const isHere =
    props.path === props.href || (props.isExact !== true && props.path.startsWith(`${props.href}/`));
  return (
    <a class="nav-link" href={props.href} aria-current={isHere ? 'page' : undefined}>
      {props.label}
    </a>
  );
};

const TopBar = (props: { language: Language; viewer: Viewer | undefined; path: string }) => {
  const t = texts[props.language];
  return (
    <header class="topbar">
      <a class="brand" href="/">
        <Mark />
        <span>Votix</span>
      </a>
      {props.viewer === undefined ? null : (
        <nav class="topnav" aria-label={t.mainNavigation}>
          <NavLink href="/elections" label={t.elections} path={props.path} isExact />
          {props.viewer.role === 'admin' ? (
            <>
              <NavLink href="/mailbox" label={t.mailbox} path={props.path} />
              <NavLink href="/staff" label={t.staff} path={props.path} />
              <NavLink href="/configure" label={t.settings} path={props.path} />
              <NavLink href="/log" label={t.log} path={props.path} />
            </>
          ) : null}
        </nav>
      )}
      <div class="topbar-end">
        <LanguageSwitch language={props.language} path={props.path} />
        {props.viewer === undefined ? null : (
          <>
            <a class="who" href="/password" title={props.viewer.email}>
              <Icon name="person" />
              <span>{props.viewer.name}</span>
            </a>
            <form method="post" action="/sign-out">
              <button class="btn-plain" type="submit">
                <Icon name="box-arrow-right" />
                <span>{t.signOut}</span>
              </button>
            </form>
          </>
        )}
      </div>
    </header>
  );
};

const ElectionBar = (props: { c: PageContext; election: ElectionHeading }) => {
  const { c, election } = props;
  const t = texts[c.get('language')];
  const root = `/elections/${election.id}`;
  const isAdmin = c.get('viewer')?.role === 'admin';
  return (
    <section class="election-bar" aria-label={election.title}>
      <div class="election-head">
        <a class="election-name" href={root}>
          {election.title}
        </a>
        <span class={`badge state state-${election.state}`}>{t.states[election.state]}</span>
      </div>
      <nav class="election-nav" aria-label={t.electionNavigation}>
        {ELECTION_PAGES.filter(({ isForAdmins }) => isAdmin || !isForAdmins).map(({ path, label }) => (
          <NavLink href={`${root}${path}`} label={t[label]} path={c.req.path} isExact={path === ''} />
        ))}
      </nav>
    </section>
  );
};

/** The layout of staff pages: navigation, the election's own pages where there is one, then the content. */
export const StaffPage = (
  props: PropsWithChildren<{
    c: PageContext;
    title: string;
    election?: ElectionHeading | undefined;
    crumbs?: readonly Crumb[] | undefined;
    script?: string | undefined;
    isNarrow?: boolean;
    /** The stable code of a refusal, for programs. */
    code?: string | undefined;
  }>,
) => {
  const { c } = props;
  const language = c.get('language');
  const title = props.election === undefined ? props.title : `${props.title} · ${props.election.title}`;
  return (
    <Document language={language} title={`${title} · Votix`} script={props.script} bodyClass="staff">
      <TopBar language={language} viewer={c.get('viewer')} path={c.req.path} />
      {props.election === undefined ? null : <ElectionBar c={c} election={props.election} />}
      <main id="content" class={props.isNarrow === true ? 'narrow' : undefined} data-code={props.code}>
        {props.crumbs === undefined ? null : (
          <nav aria-label={texts[language].breadcrumb}>
            <ol class="breadcrumb">
              {props.crumbs.map((crumb) => (
                <li class="breadcrumb-item">
                  <a href={crumb.href}>{crumb.label}</a>
                </li>
              ))}
              <li class="breadcrumb-item active" aria-current="page">
                {props.title}
              </li>
            </ol>
          </nav>
        )}
        <h1>{props.title}</h1>
        {props.children}
      </main>
    </Document>
  );
};
