/** Pages that move by themselves: a progress bar that follows a stream of events, then the page that comes after it. */

interface Step {
  readonly value: number;
  readonly max: number;
  readonly label: string;
}

function follow(frame: HTMLElement, address: string): void {
  const bar = frame.querySelector('progress');
  const label = frame.querySelector('label');
  const events = new EventSource(address);
  events.addEventListener('progress', (event: MessageEvent<string>) => {
    const { value, max, label: words } = JSON.parse(event.data) as Step;
    if (bar !== null) {
      bar.max = Math.max(1, max);
      bar.value = value;
    }
    if (label !== null) label.textContent = words;
  });
  events.addEventListener('end', () => {
    events.close();
    location.reload();
  });
}

for (const frame of document.querySelectorAll<HTMLElement>('[data-events]')) {
  follow(frame, frame.dataset['events'] ?? '');
}
