import { type BoardLineType, getHeadBoard } from '../../../../modules/onestop/boards/contract.ts';
import { BUCKETS, type Bucket } from '../../../../modules/onestop/boards/rules/buckets.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { BoardRows } from './board-rows.tsx';

type Pick = { readonly bucket: Bucket; readonly unit?: string; readonly step?: string; readonly person?: string };

/** What the desks of my units hold now; every number opens the dossiers behind it. */
export function DeskBoard() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const unitId = filters['don-vi'];
  const board = useCall(getHeadBoard, { query: given({ unitId }) }, { keep: true, refetchEvery: 60_000 });
  const pick = ({ bucket, unit, step, person }: Pick) =>
    set({ nhom: bucket, 'o-don-vi': unit, buoc: step, nguoi: person, trang: undefined });
  const bucket = BUCKETS.find((one) => one === filters.nhom);
  return (
    <Loaded query={board}>
      {({ all, steps, people, units, at }) => (
        <>
          <p aria-live="polite">{t('boards.at', { when: showInstant(at) })}</p>
          <div className="filters no-print">
            <Select
              id="board-unit"
              label={t('boards.unit')}
              value={unitId ?? ''}
              onChange={(value) => set({ 'don-vi': value, nhom: '', 'o-don-vi': '', buoc: '', nguoi: '' })}
              options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
              empty={t('boards.all-units')}
            />
          </div>
          {all.open === 0 ? (
            <EmptyState title={t('boards.empty')}>
              <p>{t('boards.empty-text')}</p>
            </EmptyState>
          ) : (
            <>
              <Numbers
                caption={t('boards.summary')}
                head={t('boards.summary')}
                rows={[{ unitId: '', unitName: '', key: '', name: t('boards.all-units'), counts: all }]}
                nobody=""
                onPick={(one) => pick({ bucket: one, ...given({ unit: unitId }) })}
              />
              {bucket ? <BoardRows bucket={bucket} /> : null}
              <Numbers
                caption={t('boards.by-step')}
                head={t('boards.step')}
                rows={steps}
                nobody={t('boards.no-step')}
                onPick={(one, line) => pick({ bucket: one, unit: line.unitId, step: line.key ?? 'none' })}
              />
              <Numbers
                caption={t('boards.by-person')}
                head={t('boards.person')}
                rows={people}
                nobody={t('boards.no-person')}
                onPick={(one, line) => pick({ bucket: one, unit: line.unitId, person: line.key ?? 'none' })}
              />
              <p className="hint">{t('boards.explained')}</p>
            </>
          )}
        </>
      )}
    </Loaded>
  );
}

type Line = Omit<BoardLineType, 'lateSince' | 'riskDue'>;

function Numbers({
  caption,
  head,
  rows,
  nobody,
  onPick,
}: {
  caption: string;
  head: string;
  rows: readonly Line[];
  nobody: string;
  onPick: (bucket: Bucket, line: Line) => void;
}) {
  const t = useTranslate();
  const columns: Column<Line>[] = [
    {
      id: 'name',
      label: head,
      rowHead: true,
      cell: (line) => (
        <>
          {line.name ?? nobody}
          {line.unitName ? <span className="hint">{line.unitName}</span> : null}
        </>
      ),
    },
    ...BUCKETS.map((bucket) => ({
      id: bucket,
      label: t(`boards.bucket.${bucket}`),
      numeric: true,
      cell: (line: Line) =>
        line.counts[bucket] === 0 ? (
          0
        ) : (
          <button
            type="button"
            className="button button--link"
            aria-label={t('boards.open-rows', {
              bucket: t(`boards.bucket.${bucket}`),
              who: line.name ?? nobody,
              count: line.counts[bucket],
            })}
            onClick={() => onPick(bucket, line)}
          >
            {line.counts[bucket]}
          </button>
        ),
    })),
  ];
  return (
    <div className="dense">
      <Table
        caption={caption}
        columns={columns}
        rows={rows}
        rowKey={(line) => `${line.unitId} ${line.key ?? 'none'}`}
      />
    </div>
  );
}
