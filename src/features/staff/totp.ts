import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;

/** RFC 6238 as every authenticator app does it: SHA-1, six digits, 30 seconds. */
const totpOf = (secret: Uint8Array, email = ''): TOTP =>
  new TOTP({
    issuer: 'Votix',
    label: email,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
  });

/** The `otpauth:` address that apps read from the QR code. */
export const addressOf = (secret: Uint8Array, email: string): string => totpOf(secret, email).toString();

/** The secret for those who type it: base32 in groups of four. */
export const writtenOut = (secret: Uint8Array): string => grouped(totpOf(secret).secret.base32);

export const grouped = (text: string): string => text.match(/.{1,4}/g)?.join(' ') ?? '';

/** The number of the 30-second step whose code this is, one step early or late allowed; undefined where it is none. */
export function counterOf(secret: Uint8Array, code: string, now: number): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? undefined : TOTP.counter({ period: PERIOD_S, timestamp: now }) + delta;
}
