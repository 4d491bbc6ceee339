import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { raw } from 'hono/html';

const require = createRequire(import.meta.url);
const ICONS = join(dirname(require.resolve('bootstrap-icons/package.json')), 'icons');

/** Names of bootstrap-icons that pages use; add to the list what a page needs. */
export type IconName =
  | 'archive'
  | 'arrow-clockwise'
  | 'arrow-down'
  | 'arrow-left'
  | 'arrow-repeat'
  | 'arrow-right'
  | 'arrow-up'
  | 'award'
  | 'bar-chart'
  | 'box-arrow-right'
  | 'box-arrow-up-right'
  | 'building'
  | 'calendar-event'
  | 'calendar-plus'
  | 'check-circle'
  | 'check-circle-fill'
  | 'check-lg'
  | 'chevron-down'
  | 'chevron-right'
  | 'circle'
  | 'clipboard-check'
  | 'clock'
  | 'cpu'
  | 'download'
  | 'envelope'
  | 'envelope-check'
  | 'exclamation-circle'
  | 'exclamation-triangle'
  | 'eye'
  | 'file-earmark-check'
  | 'file-earmark-lock'
  | 'file-earmark-text'
  | 'fingerprint'
  | 'gear'
  | 'globe'
  | 'hourglass-split'
  | 'image'
  | 'inbox'
  | 'info-circle'
  | 'key'
  | 'link-45deg'
  | 'list-check'
  | 'lock'
  | 'megaphone'
  | 'pause'
  | 'pencil'
  | 'people'
  | 'person'
  | 'person-badge'
  | 'person-plus'
  | 'pie-chart'
  | 'play'
  | 'plus-lg'
  | 'printer'
  | 'qr-code'
  | 'question-circle'
  | 'search'
  | 'send'
  | 'shield-check'
  | 'shield-lock'
  | 'shuffle'
  | 'slash-circle'
  | 'speedometer2'
  | 'trash'
  | 'trophy'
  | 'unlock'
  | 'upload'
  | 'usb-drive'
  | 'x-circle'
  | 'x-lg';

const drawings = new Map<string, string>();

/** Whether somebody's choice is an icon of bootstrap-icons; nothing but such a name leads to a file. */
export const isIcon = (name: string): boolean =>
  /^[a-z0-9-]{1,40}$/.test(name) && existsSync(join(ICONS, `${name}.svg`));

function drawingOf(name: string): string {
  let drawing = drawings.get(name);
  if (drawing === undefined) {
    const svg = readFileSync(join(ICONS, `${name}.svg`), 'utf8');
    drawing = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')).trim();
    drawings.set(name, drawing);
  }
  return drawing;
}

/** An inline drawing. Without `label` it is decoration, hidden from assistive technology. */
export const Icon = (props: { name: IconName; label?: string | undefined; size?: number }) => (
  <svg
    class="icon"
    width={props.size ?? 16}
    height={props.size ?? 16}
    viewBox="0 0 16 16"
    fill="currentColor"
    role={props.label === undefined ? undefined : 'img'}
    aria-label={props.label}
    aria-hidden={props.label === undefined ? 'true' : undefined}
    focusable="false"
  >
    {raw(drawingOf(props.name))}
  </svg>
);

/** The drawing alone, 16 by 16, for use within another: a name that staff chose, or a plain one where it is none. */
export const IconDrawing = (props: { name: string; otherwise: IconName }) =>
  raw(drawingOf(drawings.has(props.name) || isIcon(props.name) ? props.name : props.otherwise));
