import { listReportProgress, type ReportProgress as Round } from '../../../../modules/insight/reports/contract-list.ts';
import { Button } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';

/** Units named without being asked for. */
const SHOWN = 4;

/** Of every report and period received: how many have sent it, who has not, who was never given it. */
export function ReportProgress({
  reportId,
  periodId,
  onList,
}: {
  reportId: string | undefined;
  periodId: string | undefined;
  /** Shows these reports in the list below. */
  onList: (filters: Readonly<Record<string, string>>) => void;
}) {
  const t = useTranslate();
  const progress = useCall(listReportProgress, { query: given({ reportId, periodId }) }, { keep: true });
  return (
    <Loaded query={progress}>
      {({ rows }) =>
        rows.length === 0 ? null : (
          <Table
            caption={t('reports.progress')}
            rows={rows}
            rowKey={(row) => [row.reportId, row.periodId, row.cutoff, row.receiverName].join(' ')}
            columns={[
              {
                id: 'report',
                label: t('reports.progress-period'),
                rowHead: true,
                cell: (row) => (
                  <>
                    {row.reportCode}
                    <span className="hint">{row.periodName}</span>
                  </>
                ),
              },
              { id: 'deadline', label: t('reports.deadline'), cell: (row) => showDay(row.deadline) },
              {
                id: 'sent',
                label: t('reports.progress-sent'),
                cell: ({ sent, given: all }) => (
                  <Tag tone={sent === all ? 'green' : 'amber'}>{t('reports.progress-of', { sent, given: all })}</Tag>
                ),
              },
              {
                id: 'unsent',
                label: t('reports.progress-unsent'),
                cell: (row) => <Unsent round={row} onList={onList} />,
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}

function Unsent({ round, onList }: { round: Round; onList: (filters: Readonly<Record<string, string>>) => void }) {
  const t = useTranslate();
  const names = round.unsent.map(({ unitName, lateDays }) =>
    lateDays === null ? unitName : t('reports.progress-late', { name: unitName, days: lateDays }),
  );
  const some = (all: readonly string[]): string => {
    const more = all.length - SHOWN;
    const shown = all.slice(0, SHOWN).join(', ');
    return more > 0 ? `${shown} ${t('reports.progress-more', { count: more })}` : shown;
  };
  return (
    <>
      {names.length === 0 ? t('reports.progress-all') : some(names)}
      {names.length > 0 ? (
        <>
          {' '}
          <Button
            type="button"
            look="link"
            aria-label={t('reports.progress-list', {
              count: names.length,
              code: round.reportCode,
              period: round.periodName,
            })}
            onClick={() => onList({ bieu: round.reportId, ky: round.periodId, loc: 'due', trang: '', tim: '' })}
          >
            {t('reports.progress-open', { count: names.length })}
          </Button>
        </>
      ) : null}
      {round.notGiven.length > 0 ? (
        <span className="hint">{t('reports.not-given', { names: some(round.notGiven) })}</span>
      ) : null}
    </>
  );
}
