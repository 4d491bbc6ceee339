import type { PageContext } from './route.ts';

/** The fields of a posted form, each as its first text or file. */
export interface Posted {
  /** The text of a field; empty where it was not sent. */
  readonly text: (name: string) => string;
  /** Whether a checkbox was ticked, or a button of that name pressed. */
  readonly has: (name: string) => boolean;
  /** The lines of a text area that hold something. */
  readonly lines: (name: string) => string[];
  /** An uploaded file; undefined where none was chosen. */
  readonly file: (name: string) => File | undefined;
}

/** Reads the body of a form post. A body that is no form has no fields. */
export async function readPosted(c: PageContext): Promise<Posted> {
  const form = await c.req.formData().catch(() => new FormData());
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    text,
    has: (name) => form.has(name),
    lines: (name) =>
      text(name)
        .split(/\r\n|\r|\n/)
        .filter((line) => line.trim() !== ''),
    file: (name) => {
      const value = form.get(name);
      return value instanceof File && (value.size > 0 || value.name !== '') ? value : undefined;
    },
  };
}
