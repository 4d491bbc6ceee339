import { encode } from 'uqr';
import { trackerText } from '../../protocol/ballot.ts';
import { type Receipt, receiptText } from '../../protocol/receipt.ts';
import { find, showStep } from './dom.ts';

const SVG = 'http://www.w3.org/2000/svg';

function svg(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function qrCode(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  const drawing = svg('svg', {
    class: 'qr',
    viewBox: `0 0 ${size} ${size}`,
    role: 'img',
    'aria-label': label,
  });
  drawing.append(
    svg('rect', { width: String(size), height: String(size), fill: '#fff' }),
    svg('path', { d: dark.join(''), fill: '#000' }),
  );
  return drawing;
}

/** The last step: what the voter keeps. */
export function showReceipt(receipt: Receipt): void {
  const section = showStep('done');
  const text = receiptText(receipt);
  find('[data-tracker]', section).textContent = trackerText(receipt.tracker);
  const frame = find('[data-qr]', section);
  frame.replaceChildren(qrCode(text, frame.dataset['label'] ?? ''));
  find('[data-download]', section).setAttribute(
    'href',
    `data:application/json;charset=utf-8,${encodeURIComponent(text)}`,
  );
}
