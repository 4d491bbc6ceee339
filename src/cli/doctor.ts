import { readConfig } from '../config.ts';
import { examine } from '../operation/examine.ts';
import type { Finding } from '../operation/finding.ts';
import { EXIT, guarded, say } from './terminal.ts';

export interface DoctorOptions {
  readonly strict?: boolean;
  readonly json?: boolean;
}

const INTEGRITY = 7;
const MARKS: Readonly<Record<Finding['level'], string>> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' };

const lineOf = ({ level, name, said, remedy }: Finding): string =>
  `${MARKS[level]}  ${name}: ${said}${remedy === undefined ? '' : ` - ${remedy}`}`;

/** `doctor`: one line a check. 0 all well or warnings only, 3 a failure, 5 warnings with `--strict`, 7 damaged data. */
export const doctorCommand = (options: DoctorOptions): Promise<number> =>
  guarded(async () => {
    const findings: Finding[] = [];
    for await (const finding of examine(readConfig(), Date.now())) {
      findings.push(finding);
      if (options.json !== true) say(lineOf(finding));
    }
    if (options.json === true) say(JSON.stringify(findings));
    if (findings.some(({ isIntegrity }) => isIntegrity)) return INTEGRITY;
    if (findings.some(({ level }) => level === 'fail')) return EXIT.invalid;
    const isWarned = findings.some(({ level }) => level === 'warn');
    return isWarned && options.strict === true ? EXIT.partial : EXIT.done;
  });
