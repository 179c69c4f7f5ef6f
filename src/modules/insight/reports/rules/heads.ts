/** A head cell of a form: how many columns and levels it spans. */
export type HeadCell = {
  /** Number of its first column. */
  readonly no: string;
  readonly title: string;
  readonly span: number;
  readonly rows: number;
};
type HeadColumn = { readonly no: string; readonly title: string; readonly group: readonly string[] };

/** The levels of heads, top down: neighbours under the same groups share one, a column without further groups reaches down. */
export function headLevels(columns: readonly HeadColumn[]): HeadCell[][] {
  const depth = Math.max(0, ...columns.map((column) => column.group.length)) + 1;
  return Array.from({ length: depth }, (_, level) => headsAt(columns, level, depth));
}

function headsAt(columns: readonly HeadColumn[], level: number, depth: number): HeadCell[] {
  const heads: (HeadCell & { span: number; readonly path: string })[] = [];
  for (const { no, title, group } of columns) {
    if (group.length < level) continue;
    const name = group[level];
    if (name === undefined) {
      heads.push({ no, title, span: 1, rows: depth - level, path: no });
      continue;
    }
    const path = group.slice(0, level + 1).join('/');
    const last = heads.at(-1);
    if (last?.path === path) last.span += 1;
    else heads.push({ no, title: name, span: 1, rows: 1, path });
  }
  return heads.map(({ no, title, span, rows }) => ({ no, title, span, rows }));
}
