import { COUNTS } from '../../../../modules/insight/reports/rules/counts.ts';
import type { Column, Finding, ReportDefinition } from '../../../../modules/insight/reports/rules/form.ts';
import { type KnownRegister, SOURCE_REACHES } from '../../../../modules/insight/reports/rules/source.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { Choices, FindingsAt, ListField, Parts } from './fields.tsx';
import { SourceFields } from './source-fields.tsx';

type Rows = ReportDefinition['rows'];
type FixedRow = Extract<Rows, { by: 'fixed' }>['list'][number];
const BY = ['field', 'unit', 'fixed'] as const;

/** What the rows of the form are: fields of procedures, units below, or a list of its own. */
export function RowFields({
  rows,
  columns,
  registers,
  onRows,
  findings,
  locked,
}: {
  rows: Rows;
  columns: readonly Column[];
  registers: readonly KnownRegister[];
  onRows: (rows: Rows) => void;
  findings: readonly Finding[];
  locked: boolean;
}) {
  const t = useTranslate();
  const made = (): FixedRow => ({ id: 'dong-moi', label: t('reports.forms.new-row') });
  return (
    <>
      <h2>{t('reports.forms.rows')}</h2>
      <Select
        id="rows-by"
        label={t('reports.forms.rows-by')}
        value={rows.by}
        options={BY.map((value) => ({ value, label: t(`reports.forms.by.${value}`) }))}
        onChange={(value) =>
          onRows(
            value === 'fixed'
              ? { by: 'fixed', list: [made()] }
              : value === 'unit'
                ? { by: 'unit', of: [] }
                : { by: 'field' },
          )
        }
      />
      <FindingsAt findings={findings} path="rows" />
      {rows.by === 'unit' ? (
        <ListField
          id="rows-of"
          label={t('reports.forms.rows-of')}
          hint={t('reports.forms.rows-of-hint')}
          values={rows.of}
          onValues={(of) => onRows({ by: 'unit', of })}
        />
      ) : null}
      {rows.by === 'fixed' ? (
        <Select
          id="rows-reach"
          label={t('reports.forms.rows-reach')}
          value={rows.reach ?? 'own'}
          options={SOURCE_REACHES.map((value) => ({ value, label: t(`reports.forms.rows-reaches.${value}`) }))}
          onChange={(value) => onRows({ ...rows, reach: value === 'tree' ? 'tree' : 'own' })}
        />
      ) : null}
      {rows.by === 'fixed' ? (
        <Parts
          id="rows-list"
          path="rows.list"
          findings={findings}
          legend={t('reports.forms.rows-list')}
          parts={rows.list}
          nameOf={(row) => [row.no, row.label].filter(Boolean).join('. ')}
          onParts={(list) => onRows({ ...rows, list })}
          made={made}
          addLabel={t('reports.forms.add-row')}
          locked={locked}
        >
          {(row, change, at) => (
            <>
              <FixedRowFields id={`row-${at}`} row={row} columns={columns} registers={registers} onRow={change} />
            </>
          )}
        </Parts>
      ) : null}
    </>
  );
}

function FixedRowFields({
  id,
  row,
  columns,
  registers,
  onRow,
}: {
  id: string;
  row: FixedRow;
  columns: readonly Column[];
  registers: readonly KnownRegister[];
  onRow: (row: FixedRow) => void;
}) {
  const t = useTranslate();
  const { metrics, heading, sources = {}, rollUp = [], ...rest } = row;
  const plain = { ...rest, ...(row.sources ? { sources } : {}), ...(row.rollUp ? { rollUp } : {}) };
  const typed = columns.filter(
    ({ kind, type }) => type !== 'text' && (kind === 'manual' || (kind === 'value' && !metrics)),
  );
  return (
    <>
      {(['id', 'no', 'label', 'unit'] as const).map((key) => (
        <TextField
          key={key}
          id={`${id}-${key}`}
          label={t(`reports.forms.row-${key}`)}
          value={row[key] ?? ''}
          onChange={(event) => {
            const { [key]: _, ...rest } = row;
            const text = event.currentTarget.value;
            onRow((text === '' && (key === 'no' || key === 'unit') ? rest : { ...row, [key]: text }) as FixedRow);
          }}
        />
      ))}
      <Choices
        id={`${id}-heading`}
        legend={t('reports.forms.row-kind')}
        options={[{ value: 'heading', label: t('reports.forms.row-heading') }]}
        chosen={heading ? ['heading'] : []}
        onChosen={(chosen) => onRow(chosen.length > 0 ? { ...rest, heading: true } : plain)}
      />
      {heading ? null : (
        <Choices
          id={`${id}-metrics`}
          legend={t('reports.forms.row-metrics')}
          options={COUNTS.map((value) => ({ value, label: t(`reports.counts.${value}`) }))}
          chosen={metrics ?? []}
          onChosen={(chosen) => onRow(chosen.length > 0 ? { ...plain, metrics: chosen } : plain)}
        />
      )}
      {heading
        ? null
        : typed.map(({ no, title }) => (
            <SourceFields
              key={no}
              id={`${id}-source-${no}`}
              label={t('reports.forms.source-of', { no, title })}
              source={sources[no]}
              registers={registers}
              onSource={(source) => {
                const { [no]: _, ...others } = sources;
                const next = source ? { ...others, [no]: source } : others;
                const { sources: __, ...bare } = row;
                onRow(Object.keys(next).length > 0 ? { ...bare, sources: next } : bare);
              }}
            />
          ))}
      {heading || typed.length === 0 ? null : (
        <Choices
          id={`${id}-roll-up`}
          legend={t('reports.forms.row-roll-up')}
          options={typed.map(({ no, title }) => ({ value: no, label: `(${no}) ${title}` }))}
          chosen={rollUp}
          onChosen={(chosen) => {
            const { rollUp: _, ...bare } = row;
            onRow(chosen.length > 0 ? { ...bare, rollUp: chosen } : bare);
          }}
        />
      )}
    </>
  );
}
