import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReportPageType } from '../../../../modules/insight/reports/contract.ts';
import { headLevels } from '../../../../modules/insight/reports/rules/heads.ts';
import { METRICS_SOURCE } from '../../../../modules/insight/reports/rules/source.ts';
import { Facts } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { RegisterLink } from './register-link.tsx';
import { readNumber, showCell, showPercent } from './words.ts';

export type Row = ReportPageType['rows'][number];
export type Column = ReportPageType['columns'][number];
/** Row and column of a cell to look into. */
export type OpenCell = (rowId: string, column: string) => void;

/**
 * Of a report by unit: a number a unit below has sent, or a total with such numbers or of typed ones. Of fixed rows: a typed
 * number to which units below add.
 */
export const leadsToParts = (row: Row, column: Column): boolean =>
  row.sums.some((sum) => sum.column === column.no) ||
  (row.taken &&
    typeof row.cells[column.no] === 'number' &&
    ADDED.includes(column.kind) &&
    column.type !== 'text' &&
    !column.divided);
const ADDED: readonly string[] = ['metric', 'formula', 'manual', 'value'];

const leadsToDossiers = (row: Row, column: Column): boolean =>
  column.counted &&
  typeof row.cells[column.no] === 'number' &&
  !row.typed.includes(column.no) &&
  row.sources.every((source) => source.column !== column.no);

/** Key of a typed cell in the draft. */
export const cellKey = (rowId: string, column: string): string => `${rowId} ${column}`;

/** The form as a table: heads in groups, column numbers, typed cells as fields, breaches marked and named below. */
export function SheetTable({
  page,
  typed,
  unread,
  onType,
  onOpen,
}: {
  page: ReportPageType;
  typed: ReadonlyMap<string, string>;
  /** The typed cell that could not be read, by its key. */
  unread?: string | undefined;
  /** Opens what is behind a cell: dossiers, or what units below have sent. */
  onOpen?: OpenCell | undefined;
  /** Absent: read only. */
  onType?: ((rowId: string, column: string, text: string) => void) | undefined;
}) {
  const wrong = new Set(
    page.checks.flatMap((check) =>
      check.failures.flatMap((failure) => failure.columns.map((no) => cellKey(failure.rowId, no))),
    ),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways is reached by keyboard
    <section className="table-wrap report-sheet" aria-label={page.reportName} tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">{page.reportName}</caption>
        <Heads columns={page.columns} />
        <tbody>
          {page.rows.map((row) => (
            <SheetLine
              key={row.id}
              page={page}
              row={row}
              wrong={wrong}
              typed={typed}
              unread={unread}
              onType={onType}
              onOpen={onOpen}
            />
          ))}
        </tbody>
        {page.total ? (
          <tfoot>
            <SheetLine page={page} row={page.total} wrong={wrong} typed={typed} onOpen={onOpen} />
          </tfoot>
        ) : null}
      </table>
    </section>
  );
}

/** The heads of a form with the numbers of its columns. */
export function Heads({ columns }: { columns: readonly Pick<Column, 'no' | 'title' | 'group'>[] }) {
  return (
    <thead>
      {headLevels(columns).map((level) => (
        <tr key={level.map((head) => head.no).join()}>
          {level.map((head) => (
            <th key={head.no} scope={head.span > 1 ? 'colgroup' : 'col'} colSpan={head.span} rowSpan={head.rows}>
              {head.title}
            </th>
          ))}
        </tr>
      ))}
      <tr>
        {columns.map((column) => (
          <th key={column.no} scope="col">
            ({column.no})
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SheetLine({
  page,
  row,
  wrong,
  typed,
  unread,
  onType,
  onOpen,
}: {
  page: ReportPageType;
  row: Row;
  wrong: ReadonlySet<string>;
  typed: ReadonlyMap<string, string>;
  unread?: string | undefined;
  onType?: ((rowId: string, column: string, text: string) => void) | undefined;
  onOpen?: OpenCell | undefined;
}) {
  const t = useTranslate();
  if (row.kind === 'heading') {
    return (
      <tr>
        <th scope="rowgroup" colSpan={page.columns.length}>
          {row.label}
        </th>
      </tr>
    );
  }
  return (
    <tr>
      {page.columns.map((column) => {
        const key = cellKey(row.id, column.no);
        if (column.kind === 'label') {
          return (
            <th key={key} scope="row">
              {row.reportId === null ? (
                row.label
              ) : (
                <Link
                  to="/bao-cao/$id"
                  params={{ id: row.reportId }}
                  search={{ ban: row.reportNo === null ? '' : String(row.reportNo) } as never}
                >
                  {row.label}
                </Link>
              )}{' '}
              {row.unsent ? <Tag tone="amber">{t('reports.unsent')}</Tag> : null}
            </th>
          );
        }
        const text = column.type === 'text' || column.kind === 'order';
        const source = row.sources.find((one) => one.column === column.no);
        const sum = row.sums.find((one) => one.column === column.no);
        const className = [text ? '' : 'numeric', wrong.has(key) ? 'report-wrong' : ''].filter(Boolean).join(' ');
        return (
          <td key={key} className={className || undefined}>
            {onType && row.typed.includes(column.no) ? (
              <>
                <input
                  className={`input report-cell${text ? ' report-cell--text' : ''}`}
                  data-cell={key}
                  aria-invalid={unread === key || undefined}
                  aria-describedby={sum && `sum-${key}`}
                  inputMode={text ? 'text' : 'decimal'}
                  maxLength={text ? 1000 : 20}
                  aria-label={t('reports.cell', { row: row.label, column: column.no, title: column.title })}
                  value={typed.get(key) ?? ''}
                  onChange={(event) => onType(row.id, column.no, event.currentTarget.value)}
                />
                {sum ? (
                  <span className="hint" id={`sum-${key}`}>
                    {t('reports.sums.own', { below: showCell(sum.below), sent: sum.sent, expected: sum.expected })}{' '}
                    {t('reports.sums.together', { value: showCell(together(typed.get(key) ?? '', sum)) })}
                    {onOpen ? (
                      <>
                        {' '}
                        <LookInto row={row} column={column} onOpen={onOpen}>
                          {t('reports.sums.open')}
                        </LookInto>
                      </>
                    ) : null}
                  </span>
                ) : null}
              </>
            ) : row.kind === 'total' && column.kind === 'order' ? null : onOpen &&
              (leadsToParts(row, column) || leadsToDossiers(row, column)) ? (
              <>
                <LookInto row={row} column={column} onOpen={onOpen} className="report-number">
                  {showCell(row.cells[column.no])}
                </LookInto>
                {sum ? (
                  <span className="hint">{t('reports.sums.of', { sent: sum.sent, expected: sum.expected })}</span>
                ) : null}
              </>
            ) : source ? (
              <>
                {showCell(row.cells[column.no])}
                <span className="hint">
                  <RegisterLink source={source}>
                    {t(
                      source.reason !== null
                        ? 'reports.sources.mark-other'
                        : source.register === METRICS_SOURCE
                          ? 'reports.sources.mark-metric'
                          : 'reports.sources.mark',
                    )}
                  </RegisterLink>
                </span>
              </>
            ) : (
              showCell(row.cells[column.no])
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** Opens what a number was added up from, or its dossiers. */
function LookInto({
  row,
  column,
  onOpen,
  className = '',
  children,
}: {
  row: Row;
  column: Column;
  onOpen: OpenCell;
  className?: string;
  children: ReactNode;
}) {
  const t = useTranslate();
  return (
    <button
      type="button"
      className={`button button--link ${className}`.trim()}
      aria-label={t(leadsToParts(row, column) ? 'reports.open-parts' : 'reports.open-cell', {
        row: row.label,
        column: column.no,
        value: showCell(row.cells[column.no]),
      })}
      onClick={() => onOpen(row.id, column.no)}
    >
      {children}
    </button>
  );
}

/** A number as it is being typed, with what units below have sent; what cannot be read adds nothing. */
function together(text: string, { below }: Row['sums'][number]): number | null {
  const own = readNumber(text) ?? null;
  return own === null ? below : own + (below ?? 0);
}

/** Invariants in words, the percentages, and what the reader must know beside the figures. */
export function SheetFindings({ page }: { page: ReportPageType }) {
  const t = useTranslate();
  return (
    <>
      {page.warnings.map((warning) => (
        <div key={warning.message} className="note note--warning">
          {warning.message}
        </div>
      ))}
      {page.checks.map((check) =>
        check.ok ? (
          <p key={check.id} className="hint">
            {t('reports.balanced', { says: check.says })}
          </p>
        ) : (
          <div key={check.id} className="note note--danger" role="alert">
            <strong>{t('reports.broken', { says: check.says })}</strong>
            <ul>
              {check.failures.map((failure) => (
                <li key={failure.rowId}>
                  {t('reports.broken-row', {
                    row: failure.rowLabel,
                    left: showCell(failure.left),
                    right: showCell(failure.right),
                    columns: failure.columns.map((no) => `(${no})`).join(', '),
                  })}
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
      <Facts
        items={page.figures.map((figure) => ({
          term: figure.label,
          value:
            figure.percent === null
              ? t('reports.no-data')
              : `${showPercent(figure.percent)} % (${showCell(figure.numerator)}/${showCell(figure.denominator)})`,
        }))}
      />
    </>
  );
}
