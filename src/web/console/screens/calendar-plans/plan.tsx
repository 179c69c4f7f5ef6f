import { Link, useParams } from '@tanstack/react-router';
import { Fragment } from 'react';
import { getCalendarPlan } from '../../../../modules/onestop/calendar-plans/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay, showInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { PlanItems } from './plan-items.tsx';
import { PlanOrders } from './plan-orders.tsx';
import { atWork, PLAN_TONES, type Plan, sumOf } from './words.ts';

/** One plan: what it does, to whom, by whose decision; and the orders that are lawful now. */
export default function CalendarPlan() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const first = useCall(getCalendarPlan, { params: { id } });
  const busy = first.data ? atWork(first.data.status) : false;
  // A second reader of the same answer that looks again while a timer works on the plan.
  const plan = useCall(getCalendarPlan, { params: { id } }, { refetchEvery: busy ? 2000 : 0, keep: true });
  return (
    <>
      <ScreenHead title={t('console.plans.one')}>
        <Link to="/quan-tri/lich/ke-hoach">{t('console.plans.back')}</Link>
      </ScreenHead>
      <Loaded query={plan}>
        {(shown) => (
          <>
            <p aria-live="polite">
              <Tag tone={PLAN_TONES[shown.status]}>{shown.statusName}</Tag>{' '}
              {atWork(shown.status) ? t('console.plans.progress', { done: doneOf(shown), all: allOf(shown) }) : null}
            </p>
            <Facts plan={shown} />
            <Warnings plan={shown} />
            <PlanOrders plan={shown} />
            <Units plan={shown} />
            <PlanItems plan={shown} />
          </>
        )}
      </Loaded>
    </>
  );
}

const allOf = (plan: Plan): number =>
  (['listed', 'kept', 'moved', 'skipped', 'restored', 'changed'] as const).reduce(
    (sum, name) => sum + sumOf(plan, name),
    0,
  );
const doneOf = (plan: Plan): number =>
  plan.status === 'reverting' ? allOf(plan) - sumOf(plan, 'moved') : allOf(plan) - sumOf(plan, 'listed');

function Facts({ plan }: { plan: Plan }) {
  const t = useTranslate();
  const by = (at: string | null, who: string | null): string => [showInstant(at), who].filter(Boolean).join(', ');
  const facts: readonly (readonly [string, string | null])[] = [
    [
      t('console.plans.calendar'),
      `${plan.calendarCode}, ${t('console.plans.from-day', { day: showDay(plan.validFrom) })}`,
    ],
    [
      t('console.plans.cause'),
      plan.assignedFrom
        ? t('console.plans.cause-assignment', { day: showDay(plan.assignedFrom) })
        : t('console.plans.cause-revision'),
    ],
    [t('console.plans.scope'), plan.unitName],
    [t('console.plans.policy'), t(`console.plans.${plan.policy}`)],
    [t('console.plans.reason'), plan.reason],
    [t('console.plans.made'), by(plan.madeAt, plan.madeBy)],
    [t('console.plans.decision'), plan.decisionNumber],
    [t('console.plans.decision-reason'), plan.decisionReason],
    [t('console.plans.ordered'), by(plan.applyOrderedAt, plan.applyOrderedBy)],
    [t('console.plans.applied'), showInstant(plan.appliedAt)],
    [t('console.plans.revert-reason'), plan.revertReason],
    [t('console.plans.revert-ordered'), by(plan.revertOrderedAt, plan.revertOrderedBy)],
    [t('console.plans.reverted'), showInstant(plan.revertedAt)],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

function Warnings({ plan }: { plan: Plan }) {
  const t = useTranslate();
  const late = sumOf(plan, 'becomesLate');
  const unknown = sumOf(plan, 'unknown');
  const changed = sumOf(plan, 'changed');
  return (
    <>
      {late > 0 ? (
        <Note tone="warning">
          <strong>{t('console.plans.becomes-late', { count: late })}</strong>{' '}
          {t(plan.policy === 'both' ? 'console.plans.late-both' : 'console.plans.late-kept')}
        </Note>
      ) : null}
      {unknown > 0 ? (
        <Note tone="info">
          <strong>{t('console.plans.unknown', { count: unknown })}</strong> {t('console.plans.unknown-text')}
        </Note>
      ) : null}
      {changed > 0 ? (
        <Note tone="warning">
          <strong>{t('console.plans.changed', { count: changed })}</strong> {t('console.plans.changed-text')}
        </Note>
      ) : null}
    </>
  );
}

/** Figures that are shown only where there is one. */
const OUTCOMES = ['same', 'unknown', 'kept', 'moved', 'skipped', 'restored', 'changed'] as const;

function Units({ plan }: { plan: Plan }) {
  const t = useTranslate();
  if (plan.units.length === 0) return null;
  const rows = [
    ...plan.units,
    { ...plan.units[0], unitId: 'all', unitName: t('console.plans.all-units') } as Plan['units'][number],
  ];
  const figure = (row: Plan['units'][number], name: Parameters<typeof sumOf>[1]): number =>
    row.unitId === 'all' ? sumOf(plan, name) : row[name];
  const names = (['later', 'earlier', 'becomesLate', ...OUTCOMES] as const).filter(
    (name) => !OUTCOMES.some((one) => one === name) || sumOf(plan, name) > 0,
  );
  const columns = names.map((name) => ({
    id: name,
    label: t(`console.plans.figure.${name}`),
    numeric: true,
    cell: (row: Plan['units'][number]) => figure(row, name),
  }));
  return (
    <Table
      caption={t('console.plans.by-unit')}
      rows={rows}
      rowKey={(row) => row.unitId}
      columns={[{ id: 'unit', label: t('console.plans.unit'), rowHead: true, cell: (row) => row.unitName }, ...columns]}
    />
  );
}
