import type { PropsWithChildren } from 'hono/jsx';
import type { Language } from '../domain/election.ts';
import { Document } from './document.tsx';
import { LanguageLink } from './language-switch.tsx';
import { Mark } from './mark.tsx';
import { texts } from './texts.ts';

/** Who holds the election, as the voter must always see it. */
export interface ElectionSignature {
  readonly title: string;
  readonly organiser: string;
  readonly contact: string;
}

/**
 * The slim layout of the voter's pages. It writes no h1 (the contest's title may be it), sets no cookie, and leads
 * nowhere else: nothing to tap by mistake between choosing and voting.
 */
export const VoterPage = (
  props: PropsWithChildren<{
    language: Language;
    title: string;
    election?: ElectionSignature | undefined;
    script?: string | undefined;
    /** The stable code of the page's state or refusal, for programs. */
    code?: string | undefined;
    /** False on pages that answer a post: following a link would lose the choice. */
    hasLanguageLink?: boolean;
  }>,
) => {
  const t = texts[props.language];
  return (
    <Document language={props.language} title={props.title} script={props.script} bodyClass="voter">
      <header class="voter-bar">
        <Mark size={24} />
        <div class="voter-election">
          {props.election === undefined ? (
            <span class="voter-title">Votix</span>
          ) : (
            <>
              <span class="voter-title">{props.election.title}</span>
              <span class="voter-organiser">{t.organisedBy(props.election.organiser)}</span>
            </>
          )}
        </div>
        {props.hasLanguageLink === false ? null : <LanguageLink language={props.language} />}
      </header>
      <main id="content" class="narrow" data-code={props.code}>
        {props.children}
      </main>
      <footer class="foot">
        {props.election === undefined ? null : (
          <p>
            {t.contact} {props.election.contact}
          </p>
        )}
        <p>{t.noTracking}</p>
      </footer>
    </Document>
  );
};
