import type { PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

export type NoticeKind = 'info' | 'success' | 'warning' | 'danger';

const ICON: Readonly<Record<NoticeKind, IconName>> = {
  info: 'info-circle',
  success: 'check-circle',
  warning: 'exclamation-triangle',
  danger: 'exclamation-circle',
};

/** Something the reader must know before going on. Dangers and warnings are announced at once. */
export const Notice = (props: PropsWithChildren<{ kind: NoticeKind; title?: string | undefined }>) => (
  <div
    class={`alert alert-${props.kind} notice`}
    role={props.kind === 'danger' || props.kind === 'warning' ? 'alert' : 'status'}
  >
    <Icon name={ICON[props.kind]} size={20} />
    <div class="notice-body">
      {props.title === undefined ? null : <p class="notice-title">{props.title}</p>}
      {props.children}
    </div>
  </div>
);
