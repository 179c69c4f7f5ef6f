import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { BarChart } from '../../shared/design/bar-chart.tsx';
import { ColumnChart } from './column-chart.tsx';

const drawing = (values: readonly (number | null)[], goal: number | null): string =>
  renderToStaticMarkup(
    <ColumnChart
      label="Diễn biến"
      columns={values.map((value, n) => ({ id: String(n), label: `${n}/2026`, value, text: String(value ?? '–') }))}
      goal={goal}
    />,
  );

/** Height of the line of the goal, and of the base of each figure. */
function placed(svg: string): { line: number; bases: number[]; height: number } {
  const line = Number(/<line [^>]*y1="([^"]+)"[^>]*stroke-dasharray/.exec(svg)?.[1]);
  const all = [...svg.matchAll(/<text [^>]*y="([^"]+)"/g)].map(([, y]) => Number(y));
  // Beside each figure stands its period, lower down.
  return { line, bases: all.filter((_, n) => n % 2 === 0), height: Math.max(...all) };
}

const [ABOVE, BELOW] = [10, 3];

it.each([
  ['just below the goal', 95],
  ['at the goal', 100],
  ['just above it', 100.5],
  ['far below', 3],
  ['unknown', null],
])('the figure of a column %s is not struck through by the goal', (_where, value) => {
  const { line, bases } = placed(drawing([value, 40], 100));
  for (const base of bases) expect(line < base - ABOVE || line > base + BELOW, `${line} through ${base}`).toBe(true);
});

it('no figure is struck through or leaves the drawing, whatever the values are', () => {
  const goals = fc.double({ min: 0, max: 1e6, noNaN: true });
  const shares = fc.array(fc.option(fc.double({ min: 0, max: 1.4, noNaN: true })), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(shares, goals, (ofGoal, goal) => {
      const values = ofGoal.map((share) => (share === null ? null : share * goal));
      const { line, bases } = placed(drawing(values, goal));
      expect(bases).toHaveLength(values.length);
      for (const base of bases) {
        expect(line < base - ABOVE || line > base + BELOW).toBe(true);
        expect(base).toBeGreaterThan(ABOVE);
      }
    }),
  );
});

it('the name of a bar gives way to its figure', () => {
  const name = 'Tỷ lệ hồ sơ nộp trực tuyến trên tổng số hồ sơ tiếp nhận';
  const shown = (text: string): string => {
    const svg = renderToStaticMarkup(
      <BarChart label="Theo đơn vị" max={100} bars={[{ id: 'a', label: name, value: 80, text }]} />,
    );
    return /<text x="1"[^>]*>([^<]*)</.exec(svg)?.[1] ?? '';
  };
  expect(shown('80 %').length).toBeGreaterThan(shown('80,00 % (1.234/1.543)').length);
  // Eight and nine of the drawing's 420 are what a letter takes at most, on average, plain and bold.
  for (const text of ['80 %', '80,00 % (1.234/1.543)'])
    expect(shown(text).length * 8 + text.length * 9).toBeLessThan(420);
  expect(shown('80 %')).toMatch(/…$/);
});
