import type { Json } from '../../protocol/canonical-json.ts';
import { type Lines, edited } from '../vectors/record-lines.ts';
import { type Path, leavesOf, nearby } from './leaves.ts';
import { type Variant, changed } from './variant.ts';

const LINE_TYPES = ['manifest', 'voter', 'ballot', 'event', 'close', 'opening', 'result'] as const;
/** The first event of the twenty-ballot election is of the kind of the second, which makes eight. */
const EVENT_KINDS = 8;

/** Values of the key proofs but the first and the last, candidates and their votes but the first. */
const LIKE_ITS_NEIGHBOURS = /Proof\.[1-7]$|(?:candidates|votes)\.[1-9]/u;

/** The check that must notice a changed field: nobody without the urn key can write any field anew. */
function noticing(type: string, path: Path): string {
  if (path === 'type') return 'V11';
  switch (type) {
    case 'manifest':
      return 'V1';
    case 'voter':
      return 'V5';
    case 'ballot':
      return 'V2';
    case 'opening':
      return 'V6';
    default:
      return 'V9';
  }
}

/** One line of each type, with its index; of the events one of every kind. */
function samples(lines: Lines, types: readonly string[]): readonly (readonly [string, number])[] {
  return types.flatMap((type) => {
    const found = [...lines.keys()].filter((index) => lines[index]?.includes(`"type":"${type}"`));
    return found.slice(0, type === 'event' ? EVENT_KINDS : 1).map((index) => [type, index] as const);
  });
}

/** The record with one field changed, for every field that lines of these types have: `label` begins the names. */
export function fieldVariants(
  label: string,
  lines: Lines,
  types: readonly string[] = LINE_TYPES,
): readonly Variant[] {
  return samples(lines, types).flatMap(([type, index]) =>
    leavesOf(JSON.parse(lines[index] ?? '') as Json)
      .filter(([path]) => !LIKE_ITS_NEIGHBOURS.test(path))
      .map(([path, leaf]) =>
        changed(
          `${label}: line ${index + 1}, ${type} ${path}`,
          noticing(type, path),
          edited(lines, index, path, nearby(leaf)),
        ),
      ),
  );
}
