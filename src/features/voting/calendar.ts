import type { ElectionRow } from '../../store/elections.ts';

/** A text value (RFC 5545 section 3.3.11). */
const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r\n|\r|\n/g, '\\n');

/** Content lines hold at most 75 octets (section 3.1); what follows goes on after a line break and a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (Buffer.byteLength(part + character) > 73) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part].join('\r\n ');
}

const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** The voting period as a calendar file. It holds no link: calendars are shared, and links are personal. */
export function calendarOf(
  election: Pick<ElectionRow, 'id' | 'title' | 'organiser' | 'closes_at'>,
  opensAt: number,
  note: string,
  now: number,
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Votix//Votix//EN',
    'BEGIN:VEVENT',
    `UID:${election.id}@votix`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(opensAt)}`,
    `DTEND:${utc(election.closes_at)}`,
    `SUMMARY:${escaped(election.title)}`,
    `DESCRIPTION:${escaped(`${election.organiser}. ${note}`)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}
