const SECOND = 1_000;

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Shows the time left until the opening, by the server's clock; the page reloads itself by its Refresh header. */
export function startCountdown(line: HTMLElement): void {
  const endsAt = performance.now() + Number(line.dataset['left'] ?? 0);
  const locale = document.documentElement.lang;
  const show = (): void => {
    let left = Math.max(0, Math.ceil((endsAt - performance.now()) / SECOND));
    const parts = UNITS.flatMap(([unit, length]) => {
      const count = Math.floor(left / length);
      left -= count * length;
      if (count === 0 && unit !== 'second') return [];
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    });
    line.textContent = `${line.dataset['label']} ${parts.slice(0, 3).join(' ')}`;
  };
  show();
  line.hidden = false;
  setInterval(show, SECOND);
}
