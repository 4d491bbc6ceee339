import type { PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

export type LightKind = 'ok' | 'attention' | 'wrong' | 'unknown';

const ICON: Readonly<Record<LightKind, IconName>> = {
  ok: 'check-circle-fill',
  attention: 'exclamation-triangle',
  wrong: 'x-circle',
  unknown: 'question-circle',
};

/** A state at a glance: a sign of its own shape beside the words, never colour alone. */
export const Light = (props: PropsWithChildren<{ kind: LightKind }>) => (
  <span class={`light light-${props.kind}`}>
    <Icon name={ICON[props.kind]} />
    <span>{props.children}</span>
  </span>
);
