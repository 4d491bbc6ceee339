import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { Program } from '../server-process.ts';
import { type Figure, meetsTarget, ratioOf } from './figure.ts';

const targetOf = ({ target }: Figure): string => {
  if (target === undefined) return '';
  return 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
};

const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

/** The table for people: one line a figure, then what each limit is and what else was found. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'value', 'limit', 'ratio', 'target', ''],
    ...figures.map((figure) => [
      figure.name,
      short(figure.value),
      short(figure.limit),
      short(ratioOf(figure)),
      targetOf(figure),
      meetsTarget(figure) ? 'met' : 'MISSED',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const remarks = figures.flatMap(({ name, limitWhat, notes = [] }) =>
    [`limit: ${limitWhat}`, ...notes].map((note) => `${name}: ${note}`),
  );
  return [...lines, '', ...remarks].join('\n');
}

/** The machine and the moment, without which figures say nothing. */
function machine(program: Program) {
  const version = spawnSync('openssl', ['version'], { encoding: 'utf8' });
  return {
    cpus: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    node: process.versions.node,
    opensslOfNode: process.versions.openssl,
    openssl: version.status === 0 ? version.stdout.trim() : 'none',
    program,
    date: new Date().toISOString(),
  };
}

/** Writes figures as JSON; those measured before and not now stay, so that parts can be measured again. */
export function writeFigures(path: string, figures: readonly Figure[], program: Program): void {
  const fresh = figures.map((figure) => {
    const { name, value, limit, limitWhat } = figure;
    return [name, { value, limit, limitWhat, ratio: ratioOf(figure) }] as const;
  });
  const all = { ...earlier(path), ...Object.fromEntries(fresh), machine: machine(program) };
  writeFileSync(path, `${JSON.stringify(all, undefined, 2)}\n`);
}

function earlier(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
