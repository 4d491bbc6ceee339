/** The dashboard while people vote: its parts follow a stream of events, and stand still while somebody wants to read. */

const frame = document.querySelector<HTMLElement>('[data-live]');

if (frame !== null) {
  const said = frame.querySelector<HTMLElement>('[role=status]');
  const button = frame.querySelector<HTMLButtonElement>('button');
  const address = frame.dataset['live'] ?? '';
  let events: EventSource | undefined;

  const say = (name: 'following' | 'paused' | 'lost' | 'ended'): void => {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, {
      timeStyle: 'short',
      hourCycle: 'h23',
    });
    const sentence = (frame.dataset[name] ?? '').replace('{time}', time);
    // said once: a screen reader hears a change, not each figure
    if (said !== null && frame.dataset['state'] !== name) said.textContent = sentence;
    frame.dataset['state'] = name;
  };

  const show = (parts: Readonly<Record<string, string>>): void => {
    for (const part of document.querySelectorAll<HTMLElement>('[data-figure]')) {
      const html = parts[part.dataset['figure'] ?? ''];
      if (html === undefined || html === part.dataset['shown']) continue;
      part.dataset['shown'] = html;
      const isUnfolded = part.querySelector('details')?.open === true;
      part.innerHTML = html;
      const details = part.querySelector('details');
      if (details !== null) details.open = isUnfolded;
    }
  };

  const follow = (): void => {
    events = new EventSource(address);
    events.addEventListener('open', () => say('following'));
    events.addEventListener('figures', (event: MessageEvent<string>) => {
      show(JSON.parse(event.data) as Readonly<Record<string, string>>);
    });
    events.addEventListener('end', () => {
      events?.close();
      const isTyping = document.activeElement?.matches('input, textarea') === true;
      if (isTyping) say('ended');
      else location.reload();
    });
    // the browser tries again by itself, unless it was refused
    events.addEventListener('error', () => say('lost'));
  };

  button?.addEventListener('click', () => {
    const isHeld = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isHeld));
    events?.close();
    if (isHeld) say('paused');
    else follow();
  });
  if (button !== null) button.hidden = false;
  follow();
}
