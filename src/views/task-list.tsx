import type { Child } from 'hono/jsx';
import type { Language } from '../domain/election.ts';
import { Icon, type IconName } from './icon.tsx';
import { texts } from './texts.ts';

export type TaskStatus = 'done' | 'todo' | 'blocked';

export interface Task {
  readonly label: string;
  /** Absent where the step cannot be started: the label is then plain text. */
  readonly href?: string | undefined;
  readonly status: TaskStatus;
  /** What is there, or what is missing first: "Import voters first". */
  readonly note?: Child;
}

const ICON: Readonly<Record<TaskStatus, IconName>> = {
  done: 'check-circle-fill',
  todo: 'circle',
  blocked: 'lock',
};

/** The steps of an election with their statuses in words, never in colour alone. */
export const TaskList = (props: { language: Language; items: readonly Task[] }) => (
  <ol class="task-list">
    {props.items.map((task) => (
      <li class={`task task-${task.status}`}>
        <Icon name={ICON[task.status]} size={20} />
        <div class="task-body">
          <div class="task-head">
            {task.href === undefined ? <span>{task.label}</span> : <a href={task.href}>{task.label}</a>}
            <span class="task-status">{texts[props.language][task.status]}</span>
          </div>
          {task.note === undefined ? null : <div class="task-note">{task.note}</div>}
        </div>
      </li>
    ))}
  </ol>
);
