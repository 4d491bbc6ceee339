import { resetElection } from '../reset-election.ts';
import { electionContent } from '../store/reset.ts';
import { confirmation } from './confirm.ts';
import { refusedAct } from './refused-act.ts';
import { type CommonOptions, answer, chosenElection, withRuntime } from './terminal.ts';

export interface ResetOptions extends CommonOptions {
  readonly confirm?: string;
  readonly dryRun?: boolean;
}

/** `reset`: deletes one election once its title has been typed, and says what went. */
export const resetCommand = (options: ResetOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const { id: electionId, title, state } = await chosenElection(runtime, options);
    const content = await electionContent(runtime.store.read, electionId);
    const { voters, contests, candidates, mails } = content;
    const all = `${voters} voters, ${contests} contests, ${candidates} candidates, ${mails} mails, its keys and its urn`;
    if (options.dryRun === true) {
      const text = `${title}  [${state}]\n${all} would be deleted. Staff, settings and the audit log would stay.`;
      return answer(options, text, { election: electionId, title, state, ...content, deleted: false });
    }
    const question = `This deletes ${title} [${state}]: ${all}. To go on type its title`;
    const typedTitle = await confirmation(options.confirm, question);
    const reset = await resetElection(runtime, { electionId, actor: 'cli', typedTitle });
    if (!reset.ok) return refusedAct(runtime, options, reset);
    const { keptMails, keptRolls } = reset.value;
    return answer(
      options,
      [
        `${title} is deleted: ${all}.`,
        `Removed files: ${keptMails} mails of the embedded mailbox, ${keptRolls} roll files that waited for confirmation, unused pictures.`,
        'Staff, settings and the audit log stay. Backups still hold what they held.',
      ].join('\n'),
      { election: electionId, ...reset.value, deleted: true },
    );
  });
