import { formatNumberVi } from '../../../../core/text/numbers.ts';
import { FIGURES, getLateFigures, listLateDossiers } from '../../../../modules/onestop/apologies/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Facts } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Select } from '../../ui/select.tsx';
import { ApologyTable } from './apology-table.tsx';

type Figure = (typeof FIGURES)[number];
const COUNT_OF = { late: 'late', with: 'withApology', exempted: 'exempted', without: 'without' } as const;

/**
 * Late, apologised for, exempted and owed, of a period and of one deciding unit or all; the rate over its one named
 * denominator. A number opens its dossiers.
 */
export function LateFigures() {
  const t = useTranslate();
  const today = useToday();
  const [filters, set] = useFilters();
  const from = filters['tu'] ?? `${today.slice(0, 7)}-01`;
  const to = filters['den'] ?? today;
  const unitId = filters['don-vi'];
  const opened = FIGURES.find((one) => one === filters['so']);
  const figures = useCall(getLateFigures, { query: { from, to } }, { keep: true });
  const units = figures.data?.units ?? [];
  const known = unitId === undefined || units.some((one) => one.unitId === unitId);
  return (
    <details className="details" open>
      <summary>{t('console.apology.figures', { from: showDay(from), to: showDay(to) })}</summary>
      <div className="filters no-print">
        <Select
          id="figures-unit"
          label={t('console.apology.unit')}
          value={unitId ?? ''}
          onChange={(value) => set({ 'don-vi': value, trang: '', 'trang-so': '' })}
          options={[
            ...units.map((one) => ({ value: one.unitId, label: one.unitName })),
            ...(known ? [] : [{ value: unitId, label: t('console.apology.unit-without') }]),
          ]}
          empty={t('console.apology.units-all')}
        />
        <DayField id="figures-from" label={t('console.from')} day={from} onDay={(day) => set({ tu: day })} />
        <DayField id="figures-to" label={t('console.to')} day={to} onDay={(day) => set({ den: day })} />
      </div>
      <Loaded query={figures}>
        {({ total }) => {
          const shown = unitId === undefined ? total : units.find((one) => one.unitId === unitId);
          if (!shown) return <EmptyState title={t('console.apology.figure.no-rate')} />;
          return (
            <Facts
              items={[
                ...FIGURES.map((id) => {
                  const count = shown[COUNT_OF[id]];
                  const term = t(`console.apology.figure.${id}`);
                  return {
                    term,
                    value: <Opener term={term} count={count} onOpen={() => set({ so: id, 'trang-so': '' })} />,
                  };
                }),
                {
                  term: t('console.apology.figure.rate'),
                  value:
                    shown.ratePercent === null
                      ? t('console.apology.figure.no-rate')
                      : t('console.apology.figure.of', {
                          rate: formatNumberVi(shown.ratePercent),
                          denominator: formatNumberVi(shown.denominator),
                        }),
                },
              ]}
            />
          );
        }}
      </Loaded>
      {opened ? <FigureRows figure={opened} from={from} to={to} /> : null}
    </details>
  );
}

function Opener({ term, count, onOpen }: { term: string; count: number; onOpen: () => void }) {
  const t = useTranslate();
  const text = formatNumberVi(count);
  if (count === 0) return text;
  return (
    <button
      type="button"
      className="button button--link"
      aria-label={t('console.apology.figure.open', { name: term, count: text })}
      onClick={onOpen}
    >
      {text}
    </button>
  );
}

/** The dossiers behind a figure, as many as it says. */
function FigureRows({ figure, from, to }: { figure: Figure; from: string; to: string }) {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const page = Math.max(1, Number(filters['trang-so']) || 1);
  const query = { from, to, figure, ...given({ unitId: filters['don-vi'] }), page };
  const list = useCall(listLateDossiers, { query }, { keep: true });
  const title = t('console.apology.figure.rows', { name: t(`console.apology.figure.${figure}`) });
  return (
    <section aria-label={title}>
      <div className="button-row">
        <strong>{title}</strong>
        <button type="button" className="button button--link no-print" onClick={() => set({ so: '', 'trang-so': '' })}>
          {t('console.apology.figure.close')}
        </button>
      </div>
      <Loaded query={list}>
        {({ rows, total, pageSize }) =>
          total === 0 ? (
            <EmptyState title={t('console.apology.figure.none')} />
          ) : (
            <>
              <ApologyTable caption={title} rows={rows} />
              <Pager
                page={page}
                total={total}
                pageSize={pageSize}
                onPage={(next) => set({ 'trang-so': next === 1 ? '' : String(next) })}
              />
            </>
          )
        }
      </Loaded>
    </section>
  );
}
