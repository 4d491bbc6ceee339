import { getCookie } from 'hono/cookie';
import type { Language } from '../domain/election.ts';
import type { PageContext, Surface } from '../views/route.ts';

export const LANGUAGE_COOKIE = 'lang';

const known = (text: string | undefined, offered: readonly Language[]): Language | undefined =>
  offered.find((language) => language === text);

/** The first of the offered languages in an Accept-Language header, by weight (RFC 9110 section 12.5.4). */
function accepted(header: string, offered: readonly Language[]): Language | undefined {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return {
        language: known(tag.toLowerCase().split('-')[0], offered),
        weight: weight === undefined ? 1 : Number(weight),
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes.find(({ language }) => language !== undefined)?.language;
}

/**
 * `?lang=`, then the cookie that POST /language set (never read by the public protocol), then what the browser asks for:
 * the first of these that is offered. Otherwise the first that is offered.
 */
export function chooseLanguage(c: PageContext, surface: Surface, offered: readonly Language[]): Language {
  return (
    known(c.req.query('lang'), offered) ??
    (surface === 'api' ? undefined : known(getCookie(c, LANGUAGE_COOKIE), offered)) ??
    accepted(c.req.header('accept-language') ?? '', offered) ??
    offered[0] ??
    'en'
  );
}
