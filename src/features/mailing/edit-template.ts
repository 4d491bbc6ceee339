import { z } from 'zod';
import { type FieldFaults, fault, parseInput, refuseFields } from '../../domain/input-faults.ts';
import {
  type Placeholder,
  type TemplateKey,
  type TemplateText,
  missingPlaceholder,
  placeholdersOf,
  subjectPlaceholders,
  unknownPlaceholder,
} from '../../domain/mail-template.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { paragraphs, requiredLine } from '../../domain/text-fields.ts';
import { enqueueSample } from '../../mail/outbox.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { removeTemplate, saveTemplate } from '../../store/mail-templates.ts';

const LONGEST_SUBJECT = 120;
const LONGEST_BODY = 4_000;

const schema = z.strictObject({
  subject: requiredLine(LONGEST_SUBJECT),
  body: paragraphs(LONGEST_BODY).refine((text) => text !== '', fault('REQUIRED')),
});

function unknownIn(text: string, allowed: readonly Placeholder[]): string | undefined {
  const unknown = unknownPlaceholder(text, allowed);
  return unknown === undefined
    ? undefined
    : fault('NOT_A_PLACEHOLDER', `${unknown.line}: ${unknown.written}`);
}

/** Reads a text as it was typed; every fault stands at its field, with its line. */
export function readTemplate({ kind }: TemplateKey, input: unknown): Outcome<TemplateText, 'INVALID_INPUT'> {
  const parsed = parseInput(schema, input);
  if (!parsed.ok) return parsed;
  const { subject, body } = parsed.value;
  const missing = missingPlaceholder(kind, body);
  const faults = {
    subject: unknownIn(subject, subjectPlaceholders),
    body:
      unknownIn(body, placeholdersOf(kind)) ??
      (missing === undefined ? undefined : fault('PLACEHOLDER_MISSING', `{${missing}}`)),
  };
  const found: FieldFaults = Object.fromEntries(
    Object.entries(faults).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return Object.keys(found).length === 0 ? accept(parsed.value) : refuseFields(found);
}

interface TemplateRequest {
  readonly key: TemplateKey;
  readonly actor: Actor;
}

/** Replaces the text of one kind and language; e-mails that are waiting say it too. */
export async function editTemplate(
  runtime: Runtime,
  request: TemplateRequest & { readonly input: unknown },
): Promise<Outcome<true, RefusalCode>> {
  const { key, actor } = request;
  const template = readTemplate(key, request.input);
  if (!template.ok) return template;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    await saveTemplate(trx, key, template.value);
    await appendAudit(trx, { at, actor, kind: 'template-changed', fields: { ...key } });
    return accept(true as const);
  });
}

/** Gives one kind and language its built-in text back. */
export function restoreTemplate(
  runtime: Runtime,
  request: TemplateRequest,
): Promise<Outcome<true, RefusalCode>> {
  const { key, actor } = request;
  return runtime.store.inTransaction(async (trx) => {
    const at = runtime.clock.now();
    await removeTemplate(trx, key);
    await appendAudit(trx, { at, actor, kind: 'template-restored', fields: { ...key } });
    return accept(true as const);
  });
}

/** Queues a sample of the stored text to one member of staff: with a made-up voter, link and code. */
export function sendSample(
  runtime: Runtime,
  request: { readonly key: TemplateKey; readonly recipient: string },
): Promise<Outcome<number, RefusalCode>> {
  const { store, config, clock } = runtime;
  return store.inTransaction(async (trx) => accept(await enqueueSample(trx, config, request, clock.now())));
}
