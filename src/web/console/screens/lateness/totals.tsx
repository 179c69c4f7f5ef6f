import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { sumLateness, TotalLineType } from '../../../../modules/onestop/lateness/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Select } from '../../ui/select.tsx';
import { showMinutes } from './duration.ts';

export const SETS = ['step', 'unit', 'decided', 'staff', 'cause', 'kind'] as const;
export type TotalSet = (typeof SETS)[number];

/** Minutes by step, unit, deciding unit, person, cause or kind; a line narrows the list to itself. */
export function Totals({
  totals,
  set,
  onSet,
  onPick,
}: {
  totals: ReplyOf<typeof sumLateness>;
  set: TotalSet;
  onSet: (set: TotalSet) => void;
  onPick: (set: TotalSet, key: string) => void;
}) {
  const t = useTranslate();
  const nothing = {
    step: 'no-step',
    unit: 'no-step',
    decided: 'no-step',
    staff: 'no-person',
    cause: 'no-cause',
    kind: 'no-step',
  } as const;
  const nameOf = (line: TotalLineType): string =>
    set === 'kind' ? t(`lateness.kind.${line.key}`) : line.name || line.key || t(`lateness.${nothing[set]}`);
  // "Without" can be chosen for causes only.
  const keyOf = (line: TotalLineType): string => (set === 'cause' && line.key === '' ? 'none' : line.key);
  return (
    <Fold
      id="totals"
      title={t('lateness.sums', { dossiers: totals.dossiers, duration: showMinutes(totals.minutes, t) })}
      panel
      closed
    >
      {totals.cut ? <p className="hint">{t('lateness.cut')}</p> : null}
      <Select
        id="totals-by"
        label={t('lateness.totals')}
        value={set}
        onChange={(value) => onSet(SETS.find((one) => one === value) ?? 'step')}
        options={SETS.map((value) => ({ value, label: t(`lateness.totals-by.${value}`) }))}
      />
      <Table<TotalLineType>
        caption={t('lateness.totals')}
        hideCaption
        rows={totals[set]}
        rowKey={(line) => line.key}
        columns={[
          {
            id: 'name',
            label: t(`lateness.totals-by.${set}`),
            rowHead: true,
            cell: (line) =>
              keyOf(line) === '' ? (
                nameOf(line)
              ) : (
                <Button type="button" look="link" onClick={() => onPick(set, keyOf(line))}>
                  {nameOf(line)}
                </Button>
              ),
          },
          { id: 'late', label: t('lateness.late'), numeric: true, cell: (line) => showMinutes(line.minutes, t) },
          {
            id: 'share',
            label: t('lateness.share-of'),
            numeric: true,
            cell: (line) => `${totals.minutes > 0 ? Math.round((line.minutes / totals.minutes) * 100) : 0} %`,
          },
          { id: 'dossiers', label: t('lateness.dossiers'), numeric: true, cell: (line) => line.dossiers },
        ]}
      />
    </Fold>
  );
}
