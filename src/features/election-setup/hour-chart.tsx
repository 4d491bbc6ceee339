import type { Language } from '../../domain/election.ts';
import { HOUR_MS, type HourBar } from '../../domain/turnout-hours.ts';
import { DataTable } from '../../views/data-table.tsx';
import { formatNumber, formatPeriod } from '../../views/format.ts';
import { dashboardTexts } from './dashboard-texts.ts';

const HEIGHT = 100;
const WIDTH = 1000;
const GAP = 4;

/** Columns as wide as their time and as high as their voters per hour; their area is what the table says in figures. */
export const HourChart = (props: { language: Language; timeZone: string; hours: readonly HourBar[] }) => {
  const { language, timeZone, hours } = props;
  const t = dashboardTexts[language];
  const first = hours[0]?.from ?? 0;
  const length = Math.max(1, (hours.at(-1)?.until ?? 0) - first);
  const rateOf = ({ from, until, voted }: HourBar): number => voted / Math.max(until - from, HOUR_MS / 60);
  const most = Math.max(...hours.map(rateOf));
  if (hours.length === 0) return null;
  return (
    <section class="card hour-card">
      <h2>{t.hours}</h2>
      <svg
        class="hour-chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {hours.map((hour) => {
          const height = (rateOf(hour) / most) * HEIGHT;
          const width = ((hour.until - hour.from) / length) * WIDTH;
          return (
            <rect
              class="hour-column"
              x={(((hour.from - first) / length) * WIDTH).toFixed(1)}
              y={(HEIGHT - height).toFixed(1)}
              width={Math.max(1, width - GAP).toFixed(1)}
              height={height.toFixed(1)}
            />
          );
        })}
      </svg>
      <p class="hour-ends" aria-hidden="true">
        <span>{formatPeriod(language, timeZone, first, first)}</span>
        <span>{formatPeriod(language, timeZone, first + length, first + length)}</span>
      </p>
      <p class="form-text">{t.hoursNote}</p>
      <details class="table-details">
        <summary>{t.hoursTable}</summary>
        <DataTable
          caption={t.hours}
          isCaptionHidden
          columns={[{ label: t.period }, { label: t.voters, kind: 'number' }]}
          rows={hours.map(({ from, until, voted }) => [
            formatPeriod(language, timeZone, from, until),
            formatNumber(language, voted),
          ])}
        />
      </details>
    </section>
  );
};
