import { createContext, useContext } from 'hono/jsx';
import { type Language, LANGUAGES } from '../domain/election.ts';
import { Icon } from './icon.tsx';
import { texts } from './texts.ts';

const NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };

/** What readers may choose on this server; given by whoever renders a page. */
export const OfferedLanguages = createContext<readonly Language[]>(LANGUAGES);

const othersThan = (language: Language): readonly Language[] =>
  useContext(OfferedLanguages).filter((offered) => offered !== language);

/** Remembers the choice in a cookie, so it is a post. `path` is the page to come back to. Nothing where there is no choice. */
export const LanguageSwitch = (props: { language: Language; path: string }) => {
  const others = othersThan(props.language);
  return others.length === 0 ? null : (
    <form
      class="language-switch"
      method="post"
      action="/language"
      aria-label={texts[props.language].language}
    >
      <input type="hidden" name="next" value={props.path} />
      <Icon name="globe" />
      {others.map((language) => (
        <button class="btn-plain" type="submit" name="language" value={language} lang={language}>
          {NAMES[language]}
        </button>
      ))}
    </form>
  );
};

/** A plain link, for pages that never set a cookie. */
export const LanguageLink = (props: { language: Language }) => {
  const others = othersThan(props.language);
  return others.length === 0 ? null : (
    <nav class="language-switch" aria-label={texts[props.language].language}>
      <Icon name="globe" />
      {others.map((language) => (
        <a href={`?lang=${language}`} lang={language} hreflang={language} data-language-link>
          {NAMES[language]}
        </a>
      ))}
    </nav>
  );
};
