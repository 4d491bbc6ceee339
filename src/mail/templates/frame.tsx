import type { Child, PropsWithChildren } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Language } from '../../domain/election.ts';

// mail programs drop style sheets: the styles stand on the elements, and nothing is fetched from anywhere
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = 'color:#1a2321';

export const Heading = (props: PropsWithChildren) => (
  <h2 style={`margin:28px 0 8px;font-size:16px;line-height:1.4;${INK}`}>{props.children}</h2>
);

export const Paragraph = (props: PropsWithChildren<{ isSmall?: boolean }>) => (
  <p
    style={`margin:0 0 12px;font-size:${props.isSmall === true ? '14px;color:#54615d' : `16px;${INK}`};line-height:1.5`}
  >
    {props.children}
  </p>
);

/** Something to be copied or typed, in figures of one width. */
export const Typed = (props: PropsWithChildren<{ size: string }>) => (
  <p
    style={`margin:0 0 12px;padding:12px 16px;border:1px solid #dedad0;border-radius:8px;background:#fffefb;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:${props.size};line-height:1.5;${INK};word-break:break-all`}
  >
    {props.children}
  </p>
);

export const LinkButton = (props: PropsWithChildren<{ href: string }>) => (
  <p style="margin:0 0 12px">
    <a
      href={props.href}
      style={`display:inline-block;padding:12px 24px;border-radius:8px;background:#0b5a50;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none;${FONT}`}
    >
      {props.children}
    </a>
  </p>
);

/** A whole HTML e-mail: one column, readable without pictures. */
export const MailFrame = (props: { language: Language; title: string; children: Child }) => (
  <html lang={props.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta name="color-scheme" content="light" />
      <title>{props.title}</title>
    </head>
    <body style={`margin:0;padding:24px 12px;background:#f6f4ee;${FONT}`}>
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
        <tr>
          <td align="center">
            <table
              role="presentation"
              width="100%"
              cellpadding="0"
              cellspacing="0"
              border={0}
              style="max-width:560px;background:#ffffff;border-radius:12px"
            >
              <tr>
                <td style={`padding:28px 28px 20px;text-align:left;${FONT}`}>{props.children}</td>
              </tr>
            </table>
          </td>
        </tr>
      </table>
    </body>
  </html>
);

/** The document of a frame, as a mail program gets it. */
export async function htmlOf(frame: HtmlEscapedString | Promise<HtmlEscapedString>): Promise<string> {
  return `<!doctype html>${(await frame).toString()}`;
}
