import type { Hono } from 'hono';
import type { StaffRole } from '../domain/election.ts';
import { createStaff } from '../features/staff/index.ts';
import type { Runtime } from '../runtime.ts';
import type { PageEnv } from '../views/route.ts';

/** Olive the admin and Theo the technician. */
export const CAST = {
  admin: { name: 'Olive Martin', email: 'olive@school.example', password: 'calm harbour violin seven' },
  technician: { name: 'Theo Petit', email: 'theo@school.example', password: 'quiet ladder orange moon' },
} as const satisfies Record<StaffRole, { name: string; email: string; password: string }>;

/** What a browser adds to a post of our own form. */
export const SAME_ORIGIN = { 'Sec-Fetch-Site': 'same-origin' } as const;

/** A posted form, as a browser on our own page sends it. */
export const formPost = (
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): RequestInit => ({
  method: 'POST',
  headers: { ...SAME_ORIGIN, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(fields).toString(),
});

/** The `Cookie` header that an answer's Set-Cookie headers lead to. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Creates Olive, Theo or another `person` where missing, and signs in through the page. Answers the headers of their further requests. */
export async function signInAs(
  app: Hono<PageEnv>,
  runtime: Runtime,
  role: StaffRole,
  person: { readonly name: string; readonly email: string; readonly password: string } = CAST[role],
): Promise<{ Cookie: string } & typeof SAME_ORIGIN> {
  const { name, email, password } = person;
  await createStaff(runtime, { name, email, role, password, actor: 'test' });
  const response = await app.request('/sign-in', formPost({ email, password }));
  if (response.status !== 303) throw new Error(`sign-in of ${email} answered ${response.status}`);
  return { Cookie: cookieOf(response), ...SAME_ORIGIN };
}
