import { LANGUAGES, type Language } from '../../domain/election.ts';
import { faultsOf } from '../../domain/input-faults.ts';
import { type TemplateKey, type TemplateText, isTemplateKind } from '../../domain/mail-template.ts';
import { sampleMail } from '../../mail/sample-mail.ts';
import { defaultTexts } from '../../mail/templates/default-texts.ts';
import { writeMail } from '../../mail/templates/written-mail.tsx';
import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { findTemplate, listTemplateKeys } from '../../store/mail-templates.ts';
import { type Posted, readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { editTemplate, readTemplate, restoreTemplate, sendSample } from './edit-template.ts';
import { TemplatePage, type TemplateView, TemplatesPage } from './template-page.tsx';

const languageOf = (text: string | undefined): Language | undefined =>
  LANGUAGES.find((language) => language === text);

function keyOf(c: PageContext, language: Language | undefined): TemplateKey | undefined {
  const kind = c.req.param('kind') ?? '';
  return isTemplateKind(kind) && language !== undefined ? { kind, language } : undefined;
}

/** The texts of e-mails: read, changed, looked at, tried. */
export function templateRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;

  const page = async (
    c: PageContext,
    view: Pick<TemplateView, 'key' | 'template' | 'errors' | 'done' | 'isUnsaved'>,
    status: 200 | 422 = 200,
  ): Promise<Response> => {
    const { key, template, errors } = view;
    const { subject, lines } = await sampleMail(runtime, key, template);
    const { text } = await writeMail(key.language, subject, lines);
    const whole = {
      ...view,
      isWritten: (await findTemplate(read, key)) !== undefined,
      sample: errors.length === 0 ? { subject, text, lines } : undefined,
      address: viewerOf(c).email,
    };
    return render(c, <TemplatePage c={c} view={whole} />, status);
  };

  const list = async (c: PageContext): Promise<Response> =>
    render(c, <TemplatesPage c={c} written={await listTemplateKeys(read)} />);

  const show = async (c: PageContext): Promise<Response> => {
    const key = keyOf(c, languageOf(c.req.query('in')) ?? c.get('language'));
    if (key === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const template = (await findTemplate(read, key)) ?? defaultTexts[key.language][key.kind];
    const done = (['saved', 'restored', 'tested'] as const).find((name) => c.req.query(name) !== undefined);
    return page(c, { key, template, errors: [], done, isUnsaved: false });
  };

  const back = (c: PageContext, { kind, language }: TemplateKey, done: TemplateView['done']): Response =>
    c.redirect(`/templates/${kind}?in=${language}&${done}`, 303);

  const save = async (c: PageContext, key: TemplateKey, typed: TemplateText): Promise<Response> => {
    const saved = await editTemplate(runtime, { key, actor: viewerOf(c).email, input: typed });
    if (saved.ok) return back(c, key, 'saved');
    const errors = faultsOf(c.get('language'), saved);
    if (errors.length === 0) return refusalPage(c, saved);
    return page(c, { key, template: typed, errors, done: undefined, isUnsaved: true }, 422);
  };

  const preview = async (c: PageContext, key: TemplateKey, typed: TemplateText): Promise<Response> => {
    const readable = readTemplate(key, typed);
    const errors = readable.ok ? [] : faultsOf(c.get('language'), readable);
    const template = readable.ok ? readable.value : typed;
    return page(c, { key, template, errors, done: undefined, isUnsaved: true }, readable.ok ? 200 : 422);
  };

  const typedOf = (posted: Posted): TemplateText => ({
    subject: posted.text('subject'),
    body: posted.text('body').replace(/\r\n?/g, '\n'),
  });

  const post = async (c: PageContext): Promise<Response> => {
    const posted = await readPosted(c);
    const key = keyOf(c, languageOf(posted.text('language')));
    if (key === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    switch (posted.text('act')) {
      case 'preview':
        return preview(c, key, typedOf(posted));
      case 'restore': {
        const restored = await restoreTemplate(runtime, { key, actor: viewerOf(c).email });
        return restored.ok ? back(c, key, 'restored') : refusalPage(c, restored);
      }
      default:
        return save(c, key, typedOf(posted));
    }
  };

  const test = async (c: PageContext): Promise<Response> => {
    const key = keyOf(c, languageOf((await readPosted(c)).text('language')));
    if (key === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const queued = await sendSample(runtime, { key, recipient: viewerOf(c).email });
    return queued.ok ? back(c, key, 'tested') : refusalPage(c, queued);
  };

  const rule = { access: 'admin', surface: 'page' } as const;
  return [
    { method: 'GET', path: '/templates', ...rule, handle: list },
    { method: 'GET', path: '/templates/:kind', ...rule, handle: show },
    { method: 'POST', path: '/templates/:kind', ...rule, handle: post },
    { method: 'POST', path: '/templates/:kind/test', ...rule, handle: test },
  ];
}
