import { getCookie } from 'hono/cookie';
import { type Language, LANGUAGES } from '../domain/election.ts';
import type { PageContext, Surface } from '../views/route.ts';

export const LANGUAGE_COOKIE = 'lang';

const known = (text: string | undefined): Language | undefined =>
  LANGUAGES.find((language) => language === text);

/** The first of our languages in an Accept-Language header, by weight (RFC 9110 section 12.5.4). */
function accepted(header: string): Language | undefined {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return {
        language: known(tag.toLowerCase().split('-')[0]),
        weight: weight === undefined ? 1 : Number(weight),
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes.find(({ language }) => language !== undefined)?.language;
}

/** `?lang=`, then the cookie that POST /language set (never read by the public protocol), then what the browser asks for. */
export function chooseLanguage(c: PageContext, surface: Surface): Language {
  return (
    known(c.req.query('lang')) ??
    (surface === 'api' ? undefined : known(getCookie(c, LANGUAGE_COOKIE))) ??
    accepted(c.req.header('accept-language') ?? '') ??
    'en'
  );
}
