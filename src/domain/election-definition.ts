import { z } from 'zod';
import { type Outcome, accept } from '../protocol/outcome.ts';
import { LANGUAGES } from './election.ts';
import { fault, parseInput, refuseFields } from './input-faults.ts';
import { emailAddress, lineOfText, paragraphs, requiredLine, wholeNumber } from './text-fields.ts';
import { isTimeZone, readTime } from './wall-time.ts';

export const KEY_BITS = [2048, 3072, 4096] as const;
const PUBLICATIONS = ['totals', 'openings'] as const;
const METHODS = ['plurality', 'approval'] as const;
const ORDERS = ['declared', 'shuffled'] as const;
export const MOST_CANDIDATES = 100;
export const MOST_CONTESTS = 50;
export const DEFAULT_GRACE_SECONDS = 300;

export const timeZoneName = z.string().refine(isTimeZone, fault('NOT_A_ZONE'));

const keyBits = (usual: (typeof KEY_BITS)[number]) =>
  wholeNumber(2048, 4096)
    .transform((bits, context) => {
      const known = KEY_BITS.find((allowed) => allowed === bits);
      if (known !== undefined) return known;
      context.addIssue({ code: 'custom', message: fault('NOT_A_CHOICE', KEY_BITS.join(', ')) });
      return z.NEVER;
    })
    .default(usual);

const candidateShape = {
  name: requiredLine(200),
  slogan: lineOfText(300).default(''),
  details: paragraphs(5_000).default(''),
};

/** What is said about a candidate: lines without control characters; only the name goes into the manifest. */
export const candidateDefinition = z.strictObject(candidateShape);

const contestShape = {
  title: requiredLine(300),
  method: z.enum(METHODS).default('plurality'),
  min: wholeNumber(1, MOST_CANDIDATES).default(1),
  max: wholeNumber(1, MOST_CANDIDATES).default(1),
  blank: z.boolean().default(true),
  order: z.enum(ORDERS).default('shuffled'),
};

interface Choices {
  readonly method: (typeof METHODS)[number];
  readonly min: number;
  readonly max: number;
}

interface Issues {
  addIssue(issue: { code: 'custom'; path: string[]; message: string }): void;
}

/** `1 <= min <= max`, and plurality is one choice. That max does not exceed the candidates is said when arming. */
function checkChoices({ method, min, max }: Choices, context: Issues): void {
  if (method === 'plurality' && max !== 1) {
    context.addIssue({ code: 'custom', path: ['max'], message: fault('ONE_CHOICE') });
  } else if (min > max) {
    context.addIssue({ code: 'custom', path: ['min'], message: fault('MIN_ABOVE_MAX') });
  }
}

/** One contest without its candidates: `min` and `max` bound the marks of a ballot that is not blank. */
export const contestDefinition = z.strictObject(contestShape).superRefine(checkChoices);
export type ContestDefinition = z.output<typeof contestDefinition>;

const contestWithCandidates = z
  .strictObject({
    ...contestShape,
    candidates: z
      .array(z.strictObject({ ...candidateShape, logo: z.string().min(1, fault('REQUIRED')).optional() }))
      .max(MOST_CANDIDATES, fault('TOO_MANY', MOST_CANDIDATES))
      .default([]),
  })
  .superRefine(checkChoices);

const electionShape = {
  title: requiredLine(200),
  organiser: requiredLine(200),
  contact: emailAddress,
  description: paragraphs(5_000).default(''),
  language: z.enum(LANGUAGES),
  timeZone: timeZoneName,
  /** Wall time in `timeZone`, or an instant; null: as soon as the key is proven. */
  opensAt: z.string().nullable().default(null),
  closesAt: z.string(),
  graceSeconds: wholeNumber(0, 86_400).default(DEFAULT_GRACE_SECONDS),
  codeDigits: wholeNumber(4, 8).default(6),
  publication: z.enum(PUBLICATIONS).default('totals'),
  electionKeyBits: keyBits(3072),
  credentialKeyBits: keyBits(2048),
};

interface WrittenWindow {
  readonly timeZone: string;
  readonly opensAt: string | null;
  readonly closesAt: string;
}

/** The voting window in milliseconds UTC. The flags say that a wall time comes twice and one reading was taken. */
interface ReadWindow {
  readonly opensAt: number | null;
  readonly closesAt: number;
  readonly isOpeningRepeated: boolean;
  readonly isClosingRepeated: boolean;
}

/** A definition with its times read. */
type WithWindow<T extends WrittenWindow> = Omit<T, keyof ReadWindow> & ReadWindow;

function readWindow({ timeZone, opensAt, closesAt }: WrittenWindow): Outcome<ReadWindow, 'INVALID_INPUT'> {
  const opening = opensAt === null ? undefined : readTime(opensAt, timeZone, 'first');
  const closing = readTime(closesAt, timeZone, 'last');
  const faults = {
    ...(opening?.ok === false ? { opensAt: fault(opening.code, opening.detail['limit']) } : {}),
    ...(closing.ok ? {} : { closesAt: fault(closing.code, closing.detail['limit']) }),
  };
  if (opening?.ok === false || !closing.ok) return refuseFields(faults);
  if (opening !== undefined && opening.value.at >= closing.value.at) {
    return refuseFields({ closesAt: fault('NOT_AFTER_OPENING') });
  }
  return accept({
    opensAt: opening?.value.at ?? null,
    closesAt: closing.value.at,
    isOpeningRepeated: opening?.value.isRepeated ?? false,
    isClosingRepeated: closing.value.isRepeated,
  });
}

const writtenWindow = z.object({
  timeZone: electionShape.timeZone,
  opensAt: electionShape.opensAt,
  closesAt: electionShape.closesAt,
});

/** A voting window alone: times of an election whose other fields stay. */
export function parseWindow(input: unknown): Outcome<ReadWindow, 'INVALID_INPUT'> {
  const parsed = parseInput(writtenWindow, input);
  return parsed.ok ? readWindow(parsed.value) : parsed;
}

/** Reads fields and times; where the fields are faulty, the faults of the times are told with them. */
function parseWithWindow<T extends WrittenWindow>(
  schema: z.ZodType<T>,
  input: unknown,
): Outcome<WithWindow<T>, 'INVALID_INPUT'> {
  const parsed = parseInput(schema, input);
  if (!parsed.ok) {
    const times = writtenWindow.safeParse(input);
    const window = times.success ? readWindow(times.data) : undefined;
    return window?.ok === false ? refuseFields({ ...parsed.detail, ...window.detail }) : parsed;
  }
  const window = readWindow(parsed.value);
  return window.ok ? accept({ ...parsed.value, ...window.value }) : window;
}

const electionFields = z.strictObject(electionShape);
export type ElectionDefinition = WithWindow<z.output<typeof electionFields>>;

/** An election without its contests, as the configure page sends it. */
export const parseElection = (input: unknown): Outcome<ElectionDefinition, 'INVALID_INPUT'> =>
  parseWithWindow(electionFields, input);

const electionWithContests = z.strictObject({
  ...electionShape,
  contests: z.array(contestWithCandidates).max(MOST_CONTESTS, fault('TOO_MANY', MOST_CONTESTS)).default([]),
});
export type ElectionFile = WithWindow<z.output<typeof electionWithContests>>;

/** The whole of `election.json`: see docs/operate.md. A candidate's `logo` is a path, for the reader of the file. */
export const parseElectionFile = (input: unknown): Outcome<ElectionFile, 'INVALID_INPUT'> =>
  parseWithWindow(electionWithContests, input);
