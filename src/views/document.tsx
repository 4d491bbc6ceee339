import type { PropsWithChildren } from 'hono/jsx';
import type { Language } from '../domain/election.ts';
import { asset } from './asset.ts';
import { texts } from './texts.ts';

/** The document around every layout. Scripts and styles are files of this server: the policy forbids anything inline. */
export const Document = (
  props: PropsWithChildren<{
    language: Language;
    title: string;
    /** A browser bundle by its name without `.js`. */
    script?: string | undefined;
    bodyClass: string;
  }>,
) => (
  <html lang={props.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>{props.title}</title>
      <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={asset('app.css')} />
      {props.script === undefined ? null : <script type="module" src={asset(`${props.script}.js`)}></script>}
    </head>
    <body class={props.bodyClass}>
      <a class="skip-link" href="#content">
        {texts[props.language].skip}
      </a>
      {props.children}
    </body>
  </html>
);
