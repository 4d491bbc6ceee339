import type { StaffRole } from '../domain/election.ts';
import { createStaff } from '../features/staff/index.ts';
import { UsageError, answer, readInput, refused, withRuntime } from './terminal.ts';

const ROLES: readonly StaffRole[] = ['admin', 'technician'];

export interface CreateUserOptions {
  readonly role: string;
  readonly email: string;
  readonly name?: string;
  readonly passwordFile?: string;
  readonly json?: boolean;
}

/** `create-user`: with `--password-file` the account is ready; without it a one-time set-up link is printed. */
export const createUser = (options: CreateUserOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const role = ROLES.find((known) => known === options.role);
    if (role === undefined) throw new UsageError(`--role is one of: ${ROLES.join(', ')}`);
    const password =
      options.passwordFile === undefined
        ? undefined
        : readInput(options.passwordFile).toString('utf8').split(/\r?\n/, 1)[0];
    const { email, name = email.split('@', 1)[0] ?? email } = options;
    const created = await createStaff(runtime, { email, name, role, password, actor: 'cli' });
    if (!created.ok) return refused(options, created);
    const { staffId, setupLink } = created.value;
    return answer(
      options,
      setupLink === undefined
        ? `${email} can sign in as ${role}.`
        : `${email} is ${role}. They choose their password here, once:\n${setupLink}`,
      { staff: staffId, role, ...(setupLink === undefined ? {} : { setupLink }) },
    );
  });
