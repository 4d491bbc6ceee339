import type { Language } from '../../domain/election.ts';
import { ErrorSummary } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import type { FormFault } from './form-fault.ts';

/** A fault of the whole form as a notice, a field's as a link to it. */
export const FormErrors = (props: { language: Language; fault: FormFault | undefined }) => {
  const { fault } = props;
  if (fault === undefined) return null;
  if (fault.name !== '') return <ErrorSummary language={props.language} errors={[fault]} />;
  return (
    <Notice kind="danger">
      <p>{fault.sentence}</p>
    </Notice>
  );
};

export const errorOf = (fault: FormFault | undefined, name: string): string | undefined =>
  fault?.name === name ? fault.sentence : undefined;
