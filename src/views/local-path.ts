/**
 * A path of this server out of what a form or an address carried, or `otherwise`. Everything that a browser could read
 * as another host (`//evil`, `/\evil`, a scheme, control characters) is not a local path.
 */
export function localPath(value: unknown, otherwise: string): string {
  if (typeof value !== 'string' || value.length > 2_000) return otherwise;
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value) ? value : otherwise;
}
