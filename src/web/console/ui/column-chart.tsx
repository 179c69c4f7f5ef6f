const HEIGHT = 90;
const GAP = 5;

/** Null: no data, which is no column and not an empty one. */
export type ChartColumn = { readonly id: string; readonly label: string; readonly value: number | null };

/**
 * Columns beside each other, the last one darkest, with a line where the goal is. Hidden from screen readers: the table
 * beside it, which the caller gives, says the same in words.
 */
export function ColumnChart({
  columns,
  width,
  fontSize,
  goal = null,
}: {
  columns: readonly ChartColumn[];
  /** Of one column with its gaps, as wide as the labels need. */
  width: number;
  fontSize: number;
  goal?: number | null;
}) {
  const highest = Math.max(1e-9, goal ?? 0, ...columns.map((one) => one.value ?? 0));
  const heightOf = (value: number): number => (value / highest) * HEIGHT;
  const whole = columns.length * width;
  const level = goal === null ? null : HEIGHT - heightOf(goal);
  return (
    <div className="table-wrap">
      <svg aria-hidden="true" viewBox={`0 0 ${whole} ${HEIGHT + 18}`} width={whole} height={HEIGHT + 18}>
        {columns.map((one, n) => {
          const height = one.value === null ? 0 : Math.max(1, heightOf(one.value));
          return (
            <g key={one.id}>
              <rect
                x={n * width + GAP}
                y={HEIGHT - height}
                width={width - 2 * GAP}
                height={height}
                fill="currentColor"
                fillOpacity={n === columns.length - 1 ? 0.85 : 0.4}
              />
              <text
                x={n * width + width / 2}
                y={HEIGHT + 14}
                textAnchor="middle"
                fontSize={fontSize}
                fill="currentColor"
              >
                {one.label}
              </text>
            </g>
          );
        })}
        {level === null ? null : (
          <line x1="0" x2={whole} y1={level} y2={level} stroke="currentColor" strokeWidth="1.5" strokeDasharray="6 3" />
        )}
      </svg>
    </div>
  );
}
