/** The text of a form field, at most `longest` characters of it; empty where it is missing or a file. */
export const textOf = (value: unknown, longest = 1_000): string =>
  typeof value === 'string' ? value.slice(0, longest) : '';
