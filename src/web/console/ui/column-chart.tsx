import { useId } from 'react';

const [HEIGHT, TOP, BOTTOM, GAP, FONT, LETTER] = [90, 18, 20, 5, 12, 7];
/** How far a figure reaches above and below its base. */
const [ABOVE, BELOW] = [11, 4];

/** `value` null: no data, which is no column and not an empty one; `text`: what stands above the column. */
export type ChartColumn = {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly text: string;
};

/**
 * Columns beside each other with their figures above, the last one full and the others hatched, so that they read on
 * black and white paper; a broken line where the goal is. One image whose name tells all figures; the table beside it,
 * which the caller gives, says the same.
 */
export function ColumnChart({
  label,
  columns,
  goal = null,
}: {
  label: string;
  columns: readonly ChartColumn[];
  goal?: number | null;
}) {
  const hatch = useId();
  const highest = Math.max(1e-9, goal ?? 0, ...columns.map((one) => one.value ?? 0));
  const heightOf = (value: number): number => (value / highest) * HEIGHT;
  const width = Math.max(
    36,
    ...columns.flatMap((one) => [one.label, one.text]).map((text) => text.length * LETTER + 8),
  );
  const [whole, floor] = [columns.length * width, TOP + HEIGHT];
  const level = goal === null ? null : floor - heightOf(goal);
  /** Just above its column, or above the line of the goal where that would strike it through. */
  const baseOver = (top: number): number => {
    const base = top - 5;
    const struck = level !== null && level > base - ABOVE && level < base + BELOW;
    return struck ? level - BELOW : base;
  };
  const told = columns.map((one) => `${one.label}: ${one.text}`).join('; ');
  return (
    <svg
      className="column-chart"
      role="img"
      aria-label={`${label}. ${told}`}
      viewBox={`0 0 ${whole} ${floor + BOTTOM}`}
      width={whole}
      height={floor + BOTTOM}
    >
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2" height="5" fill="currentColor" />
        </pattern>
      </defs>
      <line x1="0" x2={whole} y1={floor} y2={floor} stroke="currentColor" strokeOpacity="0.5" />
      {columns.map((one, n) => {
        const height = one.value === null ? 0 : Math.max(1, heightOf(one.value));
        return (
          <g key={one.id} fontSize={FONT} textAnchor="middle" fill="currentColor">
            {one.value === null ? null : (
              <rect
                x={n * width + GAP}
                y={floor - height}
                width={width - 2 * GAP}
                height={height}
                fill={n === columns.length - 1 ? 'currentColor' : `url(#${hatch})`}
                stroke="currentColor"
              />
            )}
            <text x={(n + 0.5) * width} y={baseOver(floor - height)} fontWeight={n === columns.length - 1 ? 700 : 400}>
              {one.text}
            </text>
            <text x={(n + 0.5) * width} y={floor + BOTTOM - 5}>
              {one.label}
            </text>
          </g>
        );
      })}
      {level === null ? null : (
        <line x1="0" x2={whole} y1={level} y2={level} stroke="currentColor" strokeWidth="1.5" strokeDasharray="6 3" />
      )}
    </svg>
  );
}
