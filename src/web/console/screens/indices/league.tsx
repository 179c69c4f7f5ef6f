import { Link } from '@tanstack/react-router';
import { FAMILIES } from '../../../../core/scoring/index.ts';
import { type LeagueType, listIndexLeague } from '../../../../modules/insight/indices/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { useFilters } from '../../data/filters.ts';
import { showInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { Fold, Folds } from '../../ui/fold.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { Mentions, useMentions } from '../registers/mentions.tsx';
import { IndexTabs } from './index-tabs.tsx';
import { LeagueTable } from './league-table.tsx';
import { count, maximum, maximumIn, percent, points } from './words.ts';

/** Published places, ours and those imported, each table by itself: indices are put side by side, never merged. */
export default function League() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const year = /^\d{4}$/.test(filters.nam ?? '') ? Number(filters.nam) : undefined;
  const family = FAMILIES.find((each) => each === filters.loai);
  const mentions = useMentions('index:');
  const query = useCall(listIndexLeague, { query: given({ family, year }) }, { keep: true });
  return (
    <>
      <ScreenHead title={t('indices.league')} />
      <IndexTabs at="/chi-so/xep-hang" />
      <p className="hint">{t('indices.league-intro')}</p>
      <Loaded query={query}>
        {({ tables, families, years, comparisons }) => (
          <>
            <div className="filters no-print">
              <Select
                id="league-family"
                label={t('indices.family')}
                value={family ?? ''}
                empty={t('console.all')}
                onChange={(value) => set({ loai: value })}
                options={families.map((value) => ({ value, label: t(`indices.families.${value}`) }))}
              />
              <Select
                id="league-year"
                label={t('indices.year')}
                value={year === undefined ? '' : String(year)}
                empty={t('console.all')}
                onChange={(value) => set({ nam: value })}
                options={years.map((value) => ({ value: String(value), label: String(value) }))}
              />
            </div>
            {filters.bang ? (
              <p className="no-print">
                <Link to="/chi-so/xep-hang">{t('indices.all-tables')}</Link>
              </p>
            ) : null}
            {tables.length === 0 ? <EmptyState title={t('indices.no-league')} /> : null}
            <Shown
              tables={tables.filter(({ id }) => !filters.bang || id === filters.bang)}
              comparisons={filters.bang ? [] : comparisons}
              mentions={mentions}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

type Rows = Parameters<typeof Mentions>[0]['rows'];

/** The first table is open on a telephone, the others are a line each. */
function Shown({ tables, comparisons, mentions }: Pick<LeagueType, 'tables' | 'comparisons'> & { mentions: Rows }) {
  const first = tables[0]?.id ?? '';
  return (
    <Folds key={first} first={`league-${first}`}>
      {tables.map((table) => (
        <Published
          key={table.id}
          table={table}
          mentions={mentions.filter(({ code }) => code.startsWith(`index:${table.id}:`))}
        />
      ))}
      {comparisons.map((each) => (
        <Comparison key={each.id} each={each} />
      ))}
    </Folds>
  );
}

function Published({ table, mentions }: { table: LeagueType['tables'][number]; mentions: Rows }) {
  const t = useTranslate();
  const caption = t('indices.table-name', { name: table.name, year: table.year });
  return (
    <Fold id={`league-${table.id}`} title={caption} line={bestText(table, t)} panel>
      <p>
        <Tag tone={table.imported ? 'amber' : 'green'}>
          {t(table.imported ? 'indices.imported' : 'indices.own-result')}
        </Tag>{' '}
        {table.verified ? null : <Tag tone="amber">{t('indices.unverified')}</Tag>}{' '}
        {table.roundId ? (
          <Link to="/chi-so/dot/$id" params={{ id: table.roundId }}>
            {t('indices.to-round')}
          </Link>
        ) : null}
      </p>
      <Facts
        items={[
          { term: t('indices.owner'), value: table.owner },
          { term: t('indices.source'), value: table.source },
          {
            term: t('indices.population'),
            value: table.population === null ? t('indices.population-unknown') : count(table.population),
          },
          ...table.weights.map((part) => ({
            term: t('indices.weight-of', { name: part.name }),
            value: (
              <>
                {percent(part.percent, t)} {part.derived ? <Tag tone="amber">{t('indices.derived')}</Tag> : null}
              </>
            ),
          })),
          { term: t('indices.frozen-at'), value: showInstant(table.frozenAt) },
          { term: t('indices.note'), value: table.note },
          { term: t('indices.digest'), value: table.digest?.slice(0, 16) },
        ]}
      />
      <LeagueTable
        rows={table.rows}
        population={table.population}
        max={table.max}
        caption={caption}
        name={`xep-hang-${table.family}-${table.year}`}
        xlsx={`/api/indices/league.xlsx?family=${table.family}&year=${table.year}`}
      />
      <Mentions id={table.id} rows={mentions} />
      {table.rows.map((row) =>
        row.domains.length > 0 && table.imported ? (
          <Table
            key={row.unitName}
            caption={t('indices.domains-of', { unit: row.unitName })}
            rows={row.domains}
            rowKey={(domain) => domain.id}
            columns={[
              { id: 'name', label: t('indices.domain'), rowHead: true, cell: (domain) => domain.name },
              { id: 'points', label: t('indices.points'), numeric: true, cell: (domain) => points(domain.points, t) },
              { id: 'max', label: t('indices.max'), numeric: true, cell: maximumIn(row.domains, t) },
              { id: 'band', label: t('indices.band'), cell: (domain) => domain.band ?? '' },
            ]}
          />
        ) : null,
      )}
    </Fold>
  );
}

/** Who comes first: `Huyện Nông Sơn 79,98/100`. */
function bestText({ rows }: LeagueType['tables'][number], t: Translate): string | undefined {
  const best = rows.find((row) => row.total !== null);
  return (
    best && t('indices.league-line', { unit: best.unitName, points: points(best.total, t), max: maximum(best.max) })
  );
}

function Comparison({ each }: { each: LeagueType['comparisons'][number] }) {
  const t = useTranslate();
  const show = (value: number, unit: string): string =>
    unit === 'count' ? count(value) : `${maximum(value)}${unit === 'percent' ? '\u00a0%' : ''}`;
  return (
    <Fold id={`compare-${each.id}`} title={each.name} panel>
      <p className="hint">{each.note}</p>
      <Table
        caption={each.name}
        hideCaption
        rows={each.figures}
        rowKey={(figure) => figure.id}
        columns={[
          { id: 'name', label: t('indices.figure'), rowHead: true, cell: (figure) => figure.name },
          ...each.units.map((unit, at) => ({
            id: unit.id,
            label: unit.name,
            cell: (figure: (typeof each.figures)[number]) => {
              const value = figure.values[at];
              if (!value) return <span className="hint">{t('indices.not-published')}</span>;
              return (
                <>
                  <strong>
                    {value.bound ?? ''} {show(value.value, figure.unit)}
                  </strong>{' '}
                  {value.derived ? <Tag tone="amber">{t('indices.derived')}</Tag> : null}
                  <span className="hint">{[value.period, value.note].filter(Boolean).join(', ')}</span>
                </>
              );
            },
          })),
        ]}
      />
      <ul className="plain-list">
        {each.units.map((unit) => (
          <li key={unit.id} className="hint">
            {t('indices.source-of', { unit: unit.name, source: unit.source })}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
