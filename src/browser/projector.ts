/** Results on the wall: the arrow keys of a presenter's remote control follow the links of the page. */

const KEYS: Readonly<Record<string, 'next' | 'prev'>> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ArrowLeft: 'prev',
  ArrowUp: 'prev',
  PageUp: 'prev',
};

addEventListener('keydown', (event) => {
  const direction = KEYS[event.key];
  if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const link = document.querySelector<HTMLAnchorElement>(`a[rel=${direction}]`);
  if (link === null) return;
  event.preventDefault();
  location.assign(link.href);
});
