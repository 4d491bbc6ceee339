import type { PropsWithChildren } from 'hono/jsx';
import type { Language } from '../domain/election.ts';
import { Document } from './document.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Mark } from './mark.tsx';
import { texts } from './texts.ts';

/** The layout for visitors: results, the public record, receipts, sign-in. `path` is where a language change comes back to. */
export const PublicPage = (
  props: PropsWithChildren<{
    language: Language;
    title: string;
    path: string;
    organiser?: string | undefined;
    script?: string | undefined;
    isNarrow?: boolean;
    /** The stable code of a refusal, for programs. */
    code?: string | undefined;
    /** The page writes its own h1. */
    hasOwnHeading?: boolean;
  }>,
) => {
  const t = texts[props.language];
  return (
    <Document
      language={props.language}
      title={`${props.title} · Votix`}
      script={props.script}
      bodyClass="public"
    >
      <header class="topbar">
        <a class="brand" href="/">
          <Mark />
          <span>Votix</span>
        </a>
        <div class="topbar-end">
          <LanguageSwitch language={props.language} path={props.path} />
        </div>
      </header>
      <main id="content" class={props.isNarrow === true ? 'narrow' : undefined} data-code={props.code}>
        {props.organiser === undefined ? null : <p class="eyebrow">{t.organisedBy(props.organiser)}</p>}
        {props.hasOwnHeading === true ? null : <h1>{props.title}</h1>}
        {props.children}
      </main>
      <footer class="foot">
        <p>{t.poweredBy}</p>
        <p>{t.noTracking}</p>
      </footer>
    </Document>
  );
};
