import { Link } from '@tanstack/react-router';
import { type Day, daysBetween } from '../../../../core/time/index.ts';
import type { ConcernType } from '../../../../modules/insight/overview/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { showDay } from '../../data/format.ts';
import { goalText, measureText, partsText, resultText } from '../targets/target-text.ts';
import { causesOf, isFolded, type Place, placeOf, yearTo } from './concern-place.ts';

/** The dossiers a line counts, as many as it says; none where the next step already opens them. */
function rowsOf({ kind, unitId }: ConcernType, today: Day): Place | null {
  if (kind !== 'apology-owed' || unitId === null) return null;
  return {
    to: '/bang-dieu-hanh',
    search: { ngan: 'don-vi', so: 'apologiesOwed', 'o-don-vi': unitId, ...yearTo(today) },
  };
}

/** Why it is so: since which day it is counted, which step, how far from the goal, which registers. */
function whyOf({ kind, subject, standing, more }: ConcernType, today: Day, t: Translate): string | null {
  if (kind === 'apology-owed') return t('overview.why.apology-owed', { from: showDay(yearTo(today).tu) });
  if (subject === null) return null;
  if (kind === 'late' || kind === 'at-risk') return t(`overview.why.${kind}`, { subject });
  if (standing !== undefined) {
    const parts = partsText({ ...standing, planned: null }, t);
    const value = resultText(standing, standing, t);
    const told = t('overview.why.target', {
      subject,
      value: parts === '' ? value : `${value} (${parts})`,
      goal: goalText(standing, t),
    });
    const { forecast } = standing;
    if (forecast === null) return told;
    const end = forecast.outOfReach ? 'out-of-reach' : forecast.met ? 'will-meet' : 'will-miss';
    return `${told} ${t(`overview.why.${end}`, { value: measureText(forecast.value, standing) })}`;
  }
  return more === undefined ? subject : t('overview.why.more', { subject, count: more });
}

/** Since when it is broken, or until when it can be put right. */
function When({ concern: { since, by }, today }: { concern: ConcernType; today: Day }) {
  const t = useTranslate();
  const [day, key, days] =
    since !== null
      ? [since, 'overview.days-past', daysBetween(since, today)]
      : by !== undefined
        ? [by, 'overview.days-left', daysBetween(today, by)]
        : [null, '', 0];
  if (day === null) return '–';
  return (
    <>
      {since === null ? t('overview.until', { day: showDay(day) }) : showDay(day)}
      {days > 0 ? <span className="hint">{t(key, { count: days })}</span> : null}
    </>
  );
}

/** What is wrong, the graver and the older first; each line says what comes next. @param today of the reader's clock */
export function Concerns({ concerns, today }: { concerns: readonly ConcernType[]; today: Day }) {
  const t = useTranslate();
  const whatOf = (row: ConcernType): string => {
    const { kind, light, count } = row;
    const what = kind === 'target-behind' && light === 'amber' ? 'target-near' : kind;
    return t(`overview.${isFolded(row) ? 'what-more' : 'what'}.${what}`, { count });
  };
  return (
    <section className="panel" aria-labelledby="concerns-title">
      <h2 id="concerns-title">{t('overview.concerns')}</h2>
      {concerns.length === 0 ? (
        <EmptyState title={t('overview.calm')}>
          <p>{t('overview.calm-text')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={t('overview.concerns-caption')}
          hideCaption
          rows={concerns}
          rowKey={(row) => `${row.kind} ${row.light} ${row.unitId} ${row.refId}`}
          columns={[
            {
              id: 'light',
              label: t('overview.column.light'),
              cell: (row) => <Tag tone={row.light === 'red' ? 'red' : 'amber'}>{t(`overview.light.${row.light}`)}</Tag>,
            },
            {
              id: 'what',
              label: t('overview.column.what'),
              rowHead: true,
              cell: (row) => {
                const opened = rowsOf(row, today);
                const why = whyOf(row, today, t);
                return (
                  <>
                    {opened ? (
                      <Link to={opened.to as never} search={(opened.search ?? {}) as never}>
                        {whatOf(row)}
                      </Link>
                    ) : (
                      whatOf(row)
                    )}
                    {why ? <span className="hint">{why}</span> : null}
                  </>
                );
              },
            },
            {
              id: 'who',
              label: t('overview.column.who'),
              cell: (row) => {
                if (row.otherUnits !== undefined)
                  return t(isFolded(row) ? 'overview.at-units' : 'overview.others', { count: row.otherUnits });
                const held = row.kind === 'late' || row.kind === 'at-risk';
                const who = row.who ?? (held ? t('overview.nobody') : null);
                return who === null ? (
                  row.unitName
                ) : (
                  <>
                    {who}
                    <span className="hint">{row.unitName}</span>
                  </>
                );
              },
            },
            {
              id: 'since',
              label: t('overview.column.since'),
              cell: (row) => <When concern={row} today={today} />,
            },
            {
              id: 'next',
              label: t('overview.column.next'),
              cell: (row) => {
                const { to, search } = placeOf(row, today);
                return (
                  <>
                    <Link to={to as never} {...(search ? { search: search as never } : {})}>
                      {t(isFolded(row) ? 'overview.next.list' : `overview.next.${row.kind}`)}
                    </Link>
                    {row.kind === 'apology-owed' ? (
                      <span className="hint">
                        <Link to="/tre-han" search={causesOf(row, today) as never}>
                          {t('overview.next.causes')}
                        </Link>
                      </span>
                    ) : null}
                  </>
                );
              },
            },
          ]}
        />
      )}
    </section>
  );
}
