import { Link, useParams } from '@tanstack/react-router';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { getUnit } from '../../../../modules/foundation/organisation/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { UnitActs } from './unit-acts.tsx';
import { UnitCalendar } from './unit-calendar.tsx';

type Unit = ReplyOf<typeof getUnit>;

/** One unit: its versions, codes, where it came from and what became of it. */
export default function UnitScreen() {
  const { id = '' } = useParams({ strict: false });
  const [filters] = useFilters();
  const unit = useCall(getUnit, { params: { id }, query: given({ day: filters.ngay }) });
  const t = useTranslate();
  return (
    <Loaded query={unit} title={t('console.units.title')}>
      {(data) => <UnitView id={id} day={filters.ngay} data={data} />}
    </Loaded>
  );
}

function UnitView({ id, day, data }: { id: string; day: string | undefined; data: Unit }) {
  const t = useTranslate();
  const me = useMe();
  const latest = data.versions.at(-1);
  // The answer begins with the unit itself; people read from the top down.
  const above = data.path.filter((unit) => unit.unitId !== id).reverse();
  const until = (day: string | null) => (day ? showDay(day) : t('console.units.open-end'));
  return (
    <>
      <ScreenHead title={data.unit?.name ?? latest?.name ?? t('console.units.title')}>
        <Link to="/quan-tri/don-vi">{t('console.units.back')}</Link>
      </ScreenHead>
      {above.length > 0 ? (
        <nav aria-label={t('console.units.path')}>
          <ol className="path">
            {above.map((unit) => (
              <li key={unit.unitId}>
                <Link to="/quan-tri/don-vi/$id" params={{ id: unit.unitId }}>
                  {unit.name}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      {data.unit ? (
        <Facts
          items={[
            { term: t('console.units.type'), value: t(`console.unit-type.${data.unit.type}`) },
            { term: t('console.units.level'), value: t(`console.level.${data.unit.level}`) },
            { term: t('console.units.authority'), value: data.authorityName },
            { term: t('console.units.place'), value: data.unit.place },
            { term: t('console.units.serves'), value: data.unit.serves.join(', ') },
            { term: t('console.from'), value: showDay(data.unit.validFrom) },
            { term: t('console.to'), value: until(data.unit.validTo) },
          ]}
        />
      ) : (
        <EmptyState title={t('console.units.not-then')}>
          {data.successors.length > 0 ? (
            <>
              <p>{t('console.units.successors')}</p>
              <UnitList units={data.successors} />
            </>
          ) : null}
        </EmptyState>
      )}
      {mayDo(me, 'organisation.edit', id) && latest ? <UnitActs id={id} name={latest.name} /> : null}
      <UnitCalendar id={id} day={day} />
      <h2>{t('console.units.versions')}</h2>
      <Table
        caption={t('console.units.versions')}
        hideCaption
        rows={data.versions}
        rowKey={(row) => row.validFrom}
        columns={[
          { id: 'name', label: t('console.units.name'), rowHead: true, cell: (row) => row.name },
          { id: 'level', label: t('console.units.level'), cell: (row) => t(`console.level.${row.level}`) },
          { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
          { id: 'to', label: t('console.to'), cell: (row) => until(row.validTo) },
        ]}
      />
      <h2>{t('console.units.codes')}</h2>
      <Table
        caption={t('console.units.codes')}
        hideCaption
        rows={data.codes}
        rowKey={(row) => `${row.scheme} ${row.code} ${row.validFrom}`}
        columns={[
          {
            id: 'code',
            label: t('console.units.code'),
            rowHead: true,
            cell: (row) => <span className="code">{row.code}</span>,
          },
          { id: 'scheme', label: t('console.units.scheme'), cell: (row) => t(`console.scheme.${row.scheme}`) },
          { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
          { id: 'to', label: t('console.to'), cell: (row) => until(row.validTo) },
        ]}
      />
      <h2>{t('console.units.successions')}</h2>
      {data.successions.length === 0 ? <p>{t('console.units.no-successions')}</p> : null}
      {data.successions.map((succession) => (
        <section key={succession.id} className="note">
          <p>
            <strong>
              {t(`console.succession.${succession.kind}`)}, {showDay(succession.date)}
            </strong>{' '}
            {succession.verified ? null : <Tag tone="amber">{t('console.unverified')}</Tag>}
          </p>
          <p>{t('console.units.before')}</p>
          <UnitList units={succession.from} />
          <p>{t('console.units.after')}</p>
          <UnitList units={succession.to} />
          <p className="hint">{succession.source}</p>
        </section>
      ))}
    </>
  );
}

function UnitList({ units }: { units: readonly { unitId: string; name: string }[] }) {
  const t = useTranslate();
  if (units.length === 0) return <p>{t('console.units.nobody')}</p>;
  return (
    <ul>
      {units.map((unit) => (
        <li key={unit.unitId}>
          <Link to="/quan-tri/don-vi/$id" params={{ id: unit.unitId }}>
            {unit.name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
