/** A line never begins with ; : ? ! or », nor ends with «: the space that French puts there does not break. */
export const frenchSpaces = (text: string): string =>
  text.replace(/ (?=[;:?!»](?:[\s.,)]|$))/g, '\u00a0').replace(/« /g, '«\u00a0');

function spaced(value: unknown): unknown {
  if (typeof value === 'string') return frenchSpaces(value);
  if (typeof value === 'function')
    return (...args: unknown[]) => spaced(Reflect.apply(value, undefined, args));
  if (Array.isArray(value)) return value.map(spaced);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, spaced(member)]));
}

/** The French half of a feature's texts, written with ordinary spaces: every sentence, those made by functions too. */
export const withFrenchSpaces = <Texts extends object>(texts: Texts): Texts => spaced(texts) as Texts;
