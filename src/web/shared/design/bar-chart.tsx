import { useId } from 'react';

export interface Bar {
  id: string;
  label: string;
  /** Null: no data, which is no bar and not an empty one. */
  value: number | null;
  /** What the end of the bar says. */
  text: string;
  /** A mark across the bar, e.g. last year. */
  before?: number | null;
}

const [WIDTH, LINE, TALL] = [420, 46, 18];

/**
 * Bars under each other, hatched, so that they read on black and white paper; a thin mark shows the value before. One image
 * with a name; the figures themselves stand in the table beside it, which the caller gives.
 */
export function BarChart({ label, bars, max }: { label: string; bars: readonly Bar[]; max: number }) {
  const hatch = useId();
  if (bars.every((bar) => bar.value === null)) return null;
  const at = (value: number): number => (max <= 0 ? 0 : Math.min(1, Math.max(0, value / max)) * (WIDTH - 2));
  const height = bars.length * LINE;
  return (
    <svg className="bar-chart" role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${height}`}>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="3" height="6" fill="currentColor" />
        </pattern>
      </defs>
      {bars.map((bar, n) => (
        <g key={bar.id} transform={`translate(0 ${n * LINE})`}>
          <text x="1" y="14" fontSize="15" fill="currentColor">
            {short(bar.label, bar.text)}
          </text>
          <text x={WIDTH - 1} y="14" fontSize="15" fontWeight="700" textAnchor="end" fill="currentColor">
            {bar.text}
          </text>
          <rect x="1" y="20" width={WIDTH - 2} height={TALL} fill="none" stroke="currentColor" strokeOpacity="0.35" />
          {bar.value === null ? null : (
            <rect x="1" y="20" width={at(bar.value)} height={TALL} fill={`url(#${hatch})`} stroke="currentColor" />
          )}
          {bar.before === null || bar.before === undefined ? null : (
            <line
              x1={1 + at(bar.before)}
              x2={1 + at(bar.before)}
              y1="19"
              y2={23 + TALL}
              stroke="currentColor"
              strokeWidth="3"
            />
          )}
        </g>
      ))}
    </svg>
  );
}

/** As much of the name as stands beside the figure: a letter takes 8 of the width, of the figure, in bold, 9. */
function short(label: string, text: string): string {
  const room = Math.max(8, Math.floor((WIDTH - 10 - text.length * 9) / 8));
  return label.length > room ? `${label.slice(0, room - 1)}…` : label;
}
