/** The voter's link as this tab holds it: its secret part, and M from the fragment where the link was whole. */
export interface Address {
  readonly link: string;
  /** 43 characters of base64url. */
  readonly digest: string | undefined;
}

const KEY = 'votix/address';
const LINK = /^\/vote\/([A-Za-z0-9_-]+)\/?$/;
const DIGEST = /^[A-Za-z0-9_-]{43}$/;

function keptAddress(): Address | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Address> | null;
    return typeof kept?.link === 'string' ? { link: kept.link, digest: kept.digest } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads link and M, and takes them out of the address bar at once: whoever looks over a shoulder, takes a screenshot or
 * borrows the history finds no secret. A reload asks for `/vote`, which finds them again in this tab's session.
 */
export function takeAddress(): Address | undefined {
  const kept = keptAddress();
  const link = LINK.exec(location.pathname)?.[1];
  if (link === undefined) return kept;
  const fragment = location.hash.slice(1);
  const digest = DIGEST.test(fragment) ? fragment : kept?.link === link ? kept.digest : undefined;
  const address = { link, digest };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(address));
  } catch {
    // Without a session the link must stay where a reload finds it; the booth does without itself then.
    return address;
  }
  history.replaceState(history.state, '', `/vote${location.search}`);
  return address;
}

/** The whole link on this server, with another query where one is given. */
export const pathOf = ({ link, digest }: Address, search = ''): string =>
  `/vote/${link}${search}${digest === undefined ? '' : `#${digest}`}`;
