/** The element, which the server's page has for certain. */
export function find(selector: string, within: ParentNode = document): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

/** A text with its `{names}` filled. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** A new element with text, which is never read as HTML. */
export function element(name: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** Steps in which following a link would lose the choice or leave a vote half-way. */
const FIXED_STEPS: readonly string[] = ['review', 'working'];

/** Shows one step of the page; its heading is read out, its code stands where the server's pages have theirs. */
export function showStep(step: string, code?: string): HTMLElement {
  for (const section of document.querySelectorAll<HTMLElement>('[data-step]')) {
    section.hidden = section.dataset['step'] !== step;
  }
  const section = find(`[data-step="${step}"]`);
  const heading = find('h1', section);
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
  document.title = heading.textContent?.trim() ?? '';
  const languages = document.querySelector<HTMLElement>('.language-switch');
  if (languages !== null) languages.hidden = FIXED_STEPS.includes(step);
  find('main').dataset['code'] = code ?? section.dataset['code'] ?? step;
  return section;
}
