/** What one check of `doctor` found: what it looked at, how it is, and what to do where it is not well. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly name: string;
  readonly said: string;
  readonly remedy?: string;
  /** The stored data contradicts itself. */
  readonly isIntegrity?: true;
}

export const fine = (name: string, said: string): Finding => ({ level: 'ok', name, said });
export const warning = (name: string, said: string, remedy: string): Finding => ({
  level: 'warn',
  name,
  said,
  remedy,
});
export const failure = (name: string, said: string, remedy: string): Finding => ({
  level: 'fail',
  name,
  said,
  remedy,
});
export const contradiction = (name: string, said: string, remedy: string): Finding => ({
  ...failure(name, said, remedy),
  isIntegrity: true,
});
