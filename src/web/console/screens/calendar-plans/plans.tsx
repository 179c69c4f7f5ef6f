import { Link } from '@tanstack/react-router';
import { listCalendarPlans } from '../../../../modules/onestop/calendar-plans/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { MakePlan } from './make-plan.tsx';
import { PLAN_TONES } from './words.ts';

/** Plans that move due dates because a calendar changed, newest first, and a new one. */
export default function CalendarPlans() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const page = Number(filters.trang) || 1;
  const list = useCall(listCalendarPlans, { query: { page } }, { keep: true });
  return (
    <>
      <ScreenHead title={t('console.plans.title')} />
      <p className="hint">{t('console.plans.intro')}</p>
      <Disclosure label={t('console.plans.make')}>{(close) => <MakePlan close={close} />}</Disclosure>
      <Loaded query={list}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState title={t('console.plans.empty')}>{t('console.plans.empty-text')}</EmptyState>
          ) : (
            <>
              <Table
                caption={t('console.plans.title')}
                hideCaption
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'made',
                    label: t('console.plans.made'),
                    rowHead: true,
                    cell: (row) => (
                      <Link to="/quan-tri/lich/ke-hoach/$id" params={{ id: row.id }} data-row="">
                        {showShortInstant(row.madeAt)}
                      </Link>
                    ),
                  },
                  {
                    id: 'calendar',
                    label: t('console.plans.calendar'),
                    cell: (row) => (
                      <>
                        <span className="code">{row.calendarCode}</span>
                        <span className="hint">{t('console.plans.from-day', { day: showDay(row.validFrom) })}</span>
                      </>
                    ),
                  },
                  { id: 'reason', label: t('console.plans.reason'), cell: (row) => row.reason },
                  {
                    id: 'status',
                    label: t('console.list.status'),
                    cell: (row) => <Tag tone={PLAN_TONES[row.status]}>{row.statusName}</Tag>,
                  },
                  { id: 'decision', label: t('console.plans.decision'), cell: (row) => row.decisionNumber ?? '' },
                ]}
              />
              <Pager page={page} total={total} pageSize={50} onPage={(next) => set({ trang: String(next) })} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
