import { checkBallot, parseBallot, parseCast, trackerOf, trackerText } from '../ballot.ts';
import { type Bytes, toBase64url } from '../bytes.ts';
import { type Json, canonical, parseJson } from '../canonical-json.ts';
import { isObject } from '../fields.ts';
import { type Outcome, accept, refuse } from '../outcome.ts';
import { parseReceipt, receiptText, verifyReceipt } from '../receipt.ts';
import {
  type SealLabel,
  type Sealed,
  isOpening,
  openBallot,
  sealBallot,
  sealUnder,
} from '../sealed-ballot.ts';
import { checkSelection, encodePlaintext } from '../selection.ts';
import type { VectorInput, VectorKind } from './case.ts';
import { bytesOf, keyOf, memberOf, termsOf, textOf, textsOf } from './input.ts';

const sealedJson = ({ c, kc, sealed }: Sealed): Json => ({
  c: toBase64url(c),
  kc: toBase64url(kc),
  sealed: toBase64url(sealed),
});

function labelOf(input: VectorInput): SealLabel {
  const label = textOf(input, 'label');
  if (label !== 'votix/1/seal' && label !== 'votix/1/challenge') throw new TypeError('no label of a seal');
  return label;
}

const bytesOrRefusal = (outcome: Outcome<Bytes, string>): Outcome<Json, string> =>
  outcome.ok ? accept(toBase64url(outcome.value)) : outcome;

function selectionsOf(input: VectorInput): readonly (readonly string[])[] {
  const selections = memberOf(input, 'selections');
  if (!Array.isArray(selections)) throw new TypeError('selections are an array');
  return (selections as readonly Json[]).map((chosen) => textsOf({ chosen }, 'chosen'));
}

/** Sections 5 and 6: selection, seal, ballot, receipt. */
export const ballotKinds = {
  /** The plaintext of `selections`, an array of candidate ids for each contest of the `manifest`. */
  async selection(primitives, input) {
    const { manifest } = await termsOf(primitives, input);
    const selections = selectionsOf(input);
    for (const [index, contest] of manifest.contests.entries()) {
      const checked = checkSelection(contest, selections[index] ?? []);
      if (!checked.ok) return checked;
    }
    return accept(toBase64url(encodePlaintext(manifest, selections)));
  },

  /** The seal of a ballot's `plaintext` for `pk`, with a given `r`. */
  async seal(primitives, input) {
    const terms = await termsOf(primitives, input);
    const plaintext = bytesOf(input, 'plaintext');
    return accept(
      sealedJson(await sealBallot(primitives, terms, bytesOf(input, 'pk'), plaintext, bytesOf(input, 'r'))),
    );
  },

  /** The seal under `label` and `context` for the key `n`, with a given `r`. */
  async 'seal-under'(primitives, input) {
    const context = bytesOf(input, 'context');
    const plaintext = bytesOf(input, 'plaintext');
    const r = bytesOf(input, 'r');
    return accept(
      sealedJson(await sealUnder(primitives, labelOf(input), keyOf(input), context, plaintext, r)),
    );
  },

  /** What a ballot opens to with its `r`. */
  async open(primitives, input) {
    const terms = await termsOf(primitives, input);
    const ballot = {
      pk: bytesOf(input, 'pk'),
      c: bytesOf(input, 'c'),
      kc: bytesOf(input, 'kc'),
      sealed: bytesOf(input, 'sealed'),
    };
    return bytesOrRefusal(await openBallot(primitives, terms, ballot, bytesOf(input, 'r')));
  },

  /** Whether `r` is the opening of `c` under `n`. */
  opening: async (primitives, input) =>
    (await isOpening(primitives, keyOf(input), bytesOf(input, 'c'), bytesOf(input, 'r')))
      ? accept(true)
      : refuse('NOT_THE_OPENING'),

  /** A `ballot` as JSON under the `manifest`: shape, credential and proof; gives the tracker. */
  async ballot(primitives, input) {
    const terms = await termsOf(primitives, input);
    const ballot = parseBallot(terms, memberOf(input, 'ballot'));
    if (!ballot.ok) return ballot;
    const tracker = await trackerOf(primitives, terms, ballot.value);
    const checked = await checkBallot(primitives, terms, ballot.value, tracker);
    if (!checked.ok) return checked;
    return accept({ tracker: toBase64url(tracker), shown: trackerText(tracker) });
  },

  /** The body of a cast, as `text`; gives M. */
  cast(_, input) {
    const json = parseJson(textOf(input, 'text'));
    const cast = json === undefined ? refuse('MALFORMED') : parseCast(json);
    return cast.ok && isObject(cast.value.ballot)
      ? accept(toBase64url(cast.value.manifest))
      : refuse('MALFORMED');
  },

  /** A `receipt`, an object or the text of a file, under the `manifest`; gives its canonical text. */
  async receipt(primitives, input) {
    const terms = await termsOf(primitives, input);
    const given = memberOf(input, 'receipt');
    const receipt = parseReceipt(typeof given === 'string' ? given : canonical(given));
    if (!receipt.ok) return receipt;
    const holds = await verifyReceipt(primitives, terms, receipt.value);
    return holds ? accept(receiptText(receipt.value)) : refuse('INVALID');
  },
} satisfies Record<string, VectorKind>;
