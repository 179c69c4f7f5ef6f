const WIDTH = 200;
const HEIGHT = 22;

/**
 * A share as a bar with its interval as a whisker, 0 to 100. Told apart by shape and outline, not by colour: it prints in
 * black and white. Hidden from screen readers, since the table it stands in says the same in words.
 */
export function IntervalBar({ percent, low, high }: { percent: number; low: number; high: number }) {
  const x = (value: number): number => 1 + (value / 100) * (WIDTH - 2);
  const middle = HEIGHT / 2;
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} className="interval-bar">
      <rect x="1" y="3" width={WIDTH - 2} height={HEIGHT - 6} fill="none" stroke="currentColor" strokeOpacity="0.4" />
      <rect x="1" y="3" width={Math.max(0, x(percent) - 1)} height={HEIGHT - 6} fill="currentColor" fillOpacity="0.3" />
      <path
        d={`M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 5}v10M${x(high)} ${middle - 5}v10`}
        stroke="currentColor"
        strokeWidth="2"
        fill="none"
      />
    </svg>
  );
}
