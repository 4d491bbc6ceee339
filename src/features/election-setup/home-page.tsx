import { ApprovalsNotice } from '../../views/approvals-notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { TaskList } from '../../views/task-list.tsx';
import { type TaskFacts, electionTasks } from './election-tasks.ts';
import { texts } from './texts.ts';

/** Home of an election: its steps, from contests to results. */
export const HomePage = ({
  c,
  facts,
  waitingApprovals,
}: {
  c: PageContext;
  facts: TaskFacts;
  /** Undefined where one person decides alone. */
  waitingApprovals: number | undefined;
}) => {
  const language = c.get('language');
  return (
    <StaffPage c={c} title={texts[language].homeTitle} election={facts.election} isNarrow>
      <ApprovalsNotice language={language} electionId={facts.election.id} waiting={waitingApprovals} />
      <TaskList language={language} items={electionTasks(language, facts)} />
    </StaffPage>
  );
};
