import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { TaskList } from '../../views/task-list.tsx';
import { type TaskFacts, electionTasks } from './election-tasks.ts';
import { texts } from './texts.ts';

/** Home of an election: its steps, from contests to results. */
export const HomePage = ({ c, facts }: { c: PageContext; facts: TaskFacts }) => {
  const language = c.get('language');
  return (
    <StaffPage c={c} title={texts[language].homeTitle} election={facts.election} isNarrow>
      <TaskList language={language} items={electionTasks(language, facts)} />
    </StaffPage>
  );
};
