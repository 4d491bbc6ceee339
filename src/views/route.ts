import type { Context } from 'hono';
import type { Language, StaffRole } from '../domain/election.ts';

/** The signed-in member of staff behind a request. */
export interface Viewer {
  readonly staffId: string;
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
  /** When the password was last typed, in milliseconds. */
  readonly confirmedAt: number;
}

export interface PageEnv {
  Variables: {
    viewer: Viewer | undefined;
    /** Who is behind the request by now: an answer that goes on for long asks again. Not on surface `api`. */
    viewerNow: () => Promise<Viewer | undefined>;
    language: Language;
    /** What readers may choose. */
    languages: readonly Language[];
    /** Network address the request came from, behind the proxies that are trusted. */
    address: string;
  };
}

export type PageContext = Context<PageEnv>;

/**
 * Who may call a route. `anyone`: no account (voter pages too: they are guarded by the link itself); `technician`:
 * technicians and admins; `admin`: admins only.
 */
export type Access = 'anyone' | 'technician' | 'admin';

/**
 * How a route speaks. `page`: HTML, sessions, same-origin posts only. `api`: the public protocol of section 12: JSON,
 * CORS open, never a cookie. `file`: a download or an event stream behind a session.
 */
export type Surface = 'page' | 'api' | 'file';

/** How long a typed password counts for what is `isFresh`: ten minutes. */
export const FRESH_MS = 10 * 60_000;

/** One thing the server answers. A route without an access rule does not compile. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Hono pattern, such as `/elections/:election/arm`. */
  readonly path: string;
  readonly access: Access;
  readonly surface: Surface;
  /** The password must have been typed within `FRESH_MS` (arm, deliberate, publish). */
  readonly isFresh?: boolean;
  /** Largest body accepted, in bytes; 64 KiB where not said. */
  readonly largestBody?: number;
  /** Most form fields accepted; 500 where not said. */
  readonly mostFields?: number;
  readonly handle: (c: PageContext) => Response | Promise<Response>;
}

/** The member of staff of a route that has an access rule; the guard ran before, so nobody here is a bug. */
export function viewerOf(c: PageContext): Viewer {
  const viewer = c.get('viewer');
  if (viewer === undefined) throw new Error('this route declares no access rule for staff');
  return viewer;
}
