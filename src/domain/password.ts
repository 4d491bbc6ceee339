/** Why a password is not taken. Lengths are in characters as people count them, after NFKC. */
export type PasswordFault = 'TOO_SHORT' | 'TOO_LONG' | 'TOO_SIMPLE' | 'LIKE_ADDRESS';

const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 200;
const FEWEST_DIFFERENT = 6;
const FEWEST_BEYOND_COMMON = 6;

/** Words that guessing programs try first; what a password holds beside them is what counts. */
const COMMON = /password|motdepasse|azerty|qwerty|qwertz|bonjour|welcome|letmein|admin|election|votix|vote/g;

/** The one form in which a password is hashed: the same keys give the same bytes on every system. */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/** Share of neighbours that repeat or count up or down by one: 1 in "abcdef", "111111" and "654321". */
function runShare(characters: readonly string[]): number {
  let runs = 0;
  for (let i = 1; i < characters.length; i++) {
    const step = (characters[i]?.codePointAt(0) ?? 0) - (characters[i - 1]?.codePointAt(0) ?? 0);
    if (Math.abs(step) <= 1) runs += 1;
  }
  return runs / Math.max(1, characters.length - 1);
}

/** The first rule that `password` breaks, for the person whose address is `email`; undefined where it is good. */
export function faultOfPassword(password: string, email: string): PasswordFault | undefined {
  const characters = Array.from(normalisePassword(password));
  if (characters.length < SHORTEST_PASSWORD) return 'TOO_SHORT';
  if (characters.length > LONGEST_PASSWORD) return 'TOO_LONG';

  const plain = characters.join('').toLowerCase();
  const address = email.trim().toLowerCase();
  const local = address.split('@')[0] ?? '';
  const beyondAddress = plain.replaceAll(address, '').replaceAll(local.length < 3 ? address : local, '');
  if (beyondAddress.length < plain.length && beyondAddress.length < SHORTEST_PASSWORD / 2)
    return 'LIKE_ADDRESS';

  const beyondCommon = plain.replaceAll(/[\s._-]/g, '').replace(COMMON, '');
  const isSimple =
    new Set(characters).size < FEWEST_DIFFERENT ||
    beyondCommon.length < FEWEST_BEYOND_COMMON ||
    runShare(characters) > 0.6;
  return isSimple ? 'TOO_SIMPLE' : undefined;
}
