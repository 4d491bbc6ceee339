import type { Language } from '../domain/election.ts';
import { Notice } from './notice.tsx';
import { texts } from './texts.ts';

/** Where two people decide: the way to the requests, and how many wait. Nothing where one person does. */
export const ApprovalsNotice = (props: {
  language: Language;
  electionId: string;
  /** Undefined where the option is off. */
  waiting: number | undefined;
}) => {
  if (props.waiting === undefined) return null;
  const t = texts[props.language];
  return (
    <Notice kind={props.waiting > 0 ? 'warning' : 'info'}>
      <p>
        {t.decidedByTwo} <a href={`/elections/${props.electionId}/approvals`}>{t.approvals(props.waiting)}</a>
      </p>
    </Notice>
  );
};
