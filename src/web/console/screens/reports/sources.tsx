import type { ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { METRICS_SOURCE } from '../../../../modules/insight/reports/rules/source.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { RegisterLink } from './register-link.tsx';
import { cellKey, type Row } from './sheet.tsx';
import { showCell } from './words.ts';

type Source = Row['sources'][number];
/** A number reported instead of the register's, as it is typed. */
export type Instead = { readonly text: string; readonly reason: string };
const NOTHING: Instead = { text: '', reason: '' };

/** Cells that come from registers: what each register says, how complete it is, and where the report says something else. */
export function SourceTable({
  page,
  instead,
  onInstead,
}: {
  page: ReportPageType;
  instead: ReadonlyMap<string, Instead>;
  /** Absent: read only. */
  onInstead?: ((key: string, typed: Instead) => void) | undefined;
}) {
  const t = useTranslate();
  const cells = page.rows.flatMap((row) =>
    row.sources.map((source) => ({ row, source, key: cellKey(row.id, source.column) })),
  );
  if (cells.length === 0) return null;
  const placeOf = (row: Row, source: Source): string =>
    t('reports.sources.place', { row: row.label, column: source.column });
  const doubts = [...new Set(cells.map(({ source }) => source.doubt).filter(Boolean))];
  return (
    <section>
      <p className="hint">{t('reports.sources.intro')}</p>
      {doubts.map((doubt) => (
        <Note key={doubt} tone="warning">
          {doubt}
        </Note>
      ))}
      <Table
        caption={t('reports.sources.title')}
        rows={cells}
        rowKey={(cell) => cell.key}
        columns={[
          {
            id: 'cell',
            label: t('reports.sources.cell'),
            rowHead: true,
            cell: ({ row, source }) => placeOf(row, source),
          },
          {
            id: 'register',
            label: t('reports.sources.register'),
            cell: ({ source }) => (
              <>
                <RegisterLink source={source}>{source.registerName}</RegisterLink>
                <span className="hint">
                  {source.part === 'value'
                    ? source.measureName
                    : `${source.measureName} – ${t(`reports.sources.part-${source.part}`)}`}
                  {source.reach === 'own' ? ` (${t('reports.sources.reach-own')})` : ''}
                </span>
              </>
            ),
          },
          {
            id: 'period',
            label: t('reports.sources.period'),
            cell: ({ source }) => source.periods.map(({ name }) => name).join(', ') || t('reports.sources.no-period'),
          },
          {
            id: 'entered',
            label: t('reports.sources.entered'),
            cell: ({ source: { register, entered, expected } }) =>
              register === METRICS_SOURCE ? '–' : t('reports.sources.entered-of', { entered, expected }),
          },
          {
            id: 'value',
            label: t('reports.sources.value'),
            numeric: true,
            cell: ({ source }) => (source.value === null ? t('reports.sources.nothing') : showCell(source.value)),
          },
          {
            id: 'typed',
            label: t('reports.sources.typed'),
            numeric: true,
            cell: ({ row, source, key }) => {
              if (!onInstead || !source.overwrite)
                return source.reason === null ? '–' : showCell(row.cells[source.column]);
              const typed = instead.get(key) ?? NOTHING;
              return (
                <input
                  className="input report-cell"
                  data-cell={key}
                  inputMode="decimal"
                  maxLength={20}
                  aria-label={t('reports.sources.typed-label', { place: placeOf(row, source) })}
                  value={typed.text}
                  onChange={(event) => onInstead(key, { ...typed, text: event.currentTarget.value })}
                />
              );
            },
          },
          {
            id: 'reason',
            label: t('reports.sources.reason'),
            cell: ({ row, source, key }) => {
              if (!onInstead || !source.overwrite) return source.reason ?? '–';
              const typed = instead.get(key) ?? NOTHING;
              return (
                <input
                  className="input"
                  maxLength={500}
                  aria-label={t('reports.sources.reason-label', { place: placeOf(row, source) })}
                  value={typed.reason}
                  onChange={(event) => onInstead(key, { ...typed, reason: event.currentTarget.value })}
                />
              );
            },
          },
        ]}
      />
    </section>
  );
}
