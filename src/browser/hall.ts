/** The hall screen: asks for its own page again every ten seconds, and keeps the last figures where nobody answers. */

const EVERY_MS = 10_000;
const language = document.documentElement.lang;
const offline = document.querySelector<HTMLElement>('.hall-offline');
let since = new Date();

function showClock(): void {
  const clock = document.querySelector<HTMLElement>('[data-clock]');
  if (clock === null) return;
  const timeZone = clock.dataset['clock'];
  clock.textContent = new Date().toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}

async function refresh(): Promise<void> {
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(EVERY_MS) });
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const here = document.querySelector('[data-figure]');
    const fresh = page.querySelector('[data-figure]');
    // another election, or none any more
    if (page.querySelector('h1')?.textContent !== document.querySelector('h1')?.textContent)
      return location.reload();
    if (here !== null && fresh !== null && here.innerHTML !== fresh.innerHTML) {
      here.replaceChildren(...fresh.childNodes);
    }
    since = new Date();
    if (offline !== null) offline.hidden = true;
  } catch {
    if (offline === null) return;
    const time = since.toLocaleTimeString(language, { timeStyle: 'short', hourCycle: 'h23' });
    const sentence = document.querySelector<HTMLElement>('main')?.dataset['offline'] ?? '';
    offline.textContent = sentence.replace('{time}', time);
    offline.hidden = false;
  }
}

showClock();
setInterval(showClock, 1_000);
setInterval(() => void refresh(), EVERY_MS);
