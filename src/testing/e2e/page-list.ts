/** A page that the gallery visits in both languages and widths; each area of the product lists its own. */
export interface SeenPage {
  /** Name of its screenshots: letters and hyphens. */
  readonly name: string;
  /** Who looks at it: the admin of the gallery, or somebody who is not signed in. */
  readonly as: 'olive' | 'visitor';
  /** The state in which the gallery's election must be; `server` where none matters. */
  readonly when: 'server' | 'draft' | 'armed' | 'open' | 'closed' | 'published';
  readonly path: (election: { readonly id: string }) => string;
  /** A selector that is there once scripts have done their work. */
  readonly ready?: string;
}
