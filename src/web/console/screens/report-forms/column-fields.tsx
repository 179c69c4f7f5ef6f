import { COUNTS } from '../../../../modules/insight/reports/rules/counts.ts';
import type { Column } from '../../../../modules/insight/reports/rules/form.ts';
import type { KnownRegister } from '../../../../modules/insight/reports/rules/source.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { Choices, ListField } from './fields.tsx';
import { SourceFields } from './source-fields.tsx';

const KINDS = ['order', 'label', 'metric', 'formula', 'manual', 'value', 'note'] as const;
const TYPES = ['integer', 'decimal', 'text'] as const;

/** One column: its heads, its kind, and what that kind needs. Members of another kind are left out. */
export function ColumnFields({
  id,
  column,
  registers,
  onColumn,
}: {
  id: string;
  column: Column;
  /** Where a typed column may come from; none in a form without a row for each unit. */
  registers: readonly KnownRegister[];
  onColumn: (column: Column) => void;
}) {
  const t = useTranslate();
  const { no, title, group, kind } = column;
  const head = { no, title, ...(group && group.length > 0 ? { group } : {}) };
  const ways = column.percent ? 'percent' : 'sum';
  return (
    <>
      <TextField
        id={`${id}-no`}
        label={t('reports.forms.no')}
        short
        value={no}
        onChange={(event) => onColumn({ ...column, no: event.currentTarget.value })}
      />
      <TextField
        id={`${id}-title`}
        label={t('reports.forms.column-title')}
        value={title}
        onChange={(event) => onColumn({ ...column, title: event.currentTarget.value })}
      />
      <TextField
        id={`${id}-group`}
        label={t('reports.forms.group')}
        hint={t('reports.forms.group-hint')}
        value={(group ?? []).join(' / ')}
        onChange={(event) => {
          const { group: _, ...rest } = column;
          const text = event.currentTarget.value;
          onColumn(text.trim() === '' ? rest : { ...rest, group: text.split('/').map((each) => each.trimStart()) });
        }}
      />
      <Select
        id={`${id}-kind`}
        label={t('reports.forms.kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`reports.forms.kinds.${value}`) }))}
        onChange={(value) => onColumn(ofKind(head, KINDS.find((one) => one === value) ?? kind))}
      />
      {kind === 'metric' ? (
        <Choices
          id={`${id}-metrics`}
          legend={t('reports.forms.metrics')}
          options={COUNTS.map((value) => ({ value, label: t(`reports.counts.${value}`) }))}
          chosen={column.metrics ?? []}
          onChosen={(metrics) => onColumn({ ...column, metrics })}
        />
      ) : null}
      {kind === 'formula' ? (
        <>
          <Select
            id={`${id}-way`}
            label={t('reports.forms.way')}
            value={ways}
            options={(['sum', 'percent'] as const).map((value) => ({ value, label: t(`reports.forms.${value}`) }))}
            onChange={(value) =>
              onColumn(value === 'percent' ? { ...head, kind, percent: ['', ''] } : { ...head, kind, plus: [] })
            }
          />
          {column.percent ? (
            <ListField
              id={`${id}-percent`}
              label={t('reports.forms.percent-of')}
              hint={t('reports.forms.percent-hint')}
              values={column.percent}
              onValues={([part = '', whole = '']) => onColumn({ ...head, kind, percent: [part, whole] })}
            />
          ) : (
            <>
              <ListField
                id={`${id}-plus`}
                label={t('reports.forms.plus')}
                values={column.plus}
                onValues={(plus) => onColumn({ ...column, plus })}
              />
              <ListField
                id={`${id}-minus`}
                label={t('reports.forms.minus')}
                values={column.minus}
                onValues={(minus) => {
                  const { minus: _, ...rest } = column;
                  onColumn(minus.length > 0 ? { ...rest, minus } : rest);
                }}
              />
            </>
          )}
        </>
      ) : null}
      {kind === 'manual' || kind === 'value' ? (
        <Select
          id={`${id}-type`}
          label={t('reports.forms.type')}
          value={column.type ?? 'integer'}
          options={TYPES.map((value) => ({ value, label: t(`reports.forms.types.${value}`) }))}
          onChange={(value) => onColumn({ ...column, type: TYPES.find((one) => one === value) ?? 'integer' })}
        />
      ) : null}
      {kind === 'manual' && column.type !== 'text' && registers.length > 0 ? (
        <SourceFields
          id={`${id}-source`}
          label={t('reports.forms.source-column')}
          source={column.source}
          registers={registers}
          onSource={(source) => {
            const { source: _, ...rest } = column;
            onColumn(source ? { ...rest, source } : rest);
          }}
        />
      ) : null}
    </>
  );
}

function ofKind(head: Pick<Column, 'no' | 'title' | 'group'>, kind: Column['kind']): Column {
  if (kind === 'metric') return { ...head, kind, metrics: ['carried'] };
  if (kind === 'formula') return { ...head, kind, plus: [] };
  return { ...head, kind };
}
