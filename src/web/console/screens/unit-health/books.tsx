import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import {
  type BookLineType,
  listBooks,
  listFindings,
  saveBookCount,
} from '../../../../modules/onestop/unit-health/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { notify } from '../../toasts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';

type MonthLine = BookLineType['months'][number];
const showMonth = (month: string): string => month.split('-').reverse().join('/');

/** `10/2026` or `1/2026` → `2026-10`; undefined where it is no month. */
function readMonth(typed: string): string | undefined {
  const found = /^(0?[1-9]|1[0-2])\/(\d{4})$/.exec(typed.trim());
  return found ? `${found[2]}-${(found[1] ?? '').padStart(2, '0')}` : undefined;
}

/** What the paper books show, month by month, beside what the system has; the newest month first. */
export default function Books() {
  const t = useTranslate();
  const [filters, set] = useFilters();
  const [typed, setTyped] = useState(filters.den ? showMonth(filters.den) : '');
  const books = useCall(listBooks, { query: given({ unitId: filters['don-vi'], until: filters.den }) }, { keep: true });
  const wrong = typed.trim() !== '' && readMonth(typed) === undefined;
  return (
    <>
      <ScreenHead title={t('health.book.title')}>
        <Link to="/suc-khoe-don-vi">{t('health.back')}</Link>
      </ScreenHead>
      <p>{t('health.book.intro')}</p>
      <Loaded query={books}>
        {({ units, lines }) => (
          <>
            <div className="filters no-print">
              <Select
                id="book-unit"
                label={t('health.unit')}
                value={filters['don-vi'] ?? units[0]?.id ?? ''}
                onChange={(value) => set({ 'don-vi': value })}
                options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
              />
              <TextField
                id="book-until"
                label={t('health.book.until')}
                hint={t('health.book.until-hint')}
                optional
                short
                value={typed}
                error={wrong ? t('health.book.wrong-month') : undefined}
                onChange={(event) => {
                  const text = event.currentTarget.value;
                  setTyped(text);
                  const month = readMonth(text);
                  if (month || text.trim() === '') set({ den: month });
                }}
              />
            </div>
            {lines.length === 0 ? (
              <EmptyState title={t('health.book.empty')}>
                <p>{t('health.book.empty-text')}</p>
              </EmptyState>
            ) : null}
            {lines.map((line) => (
              <BookTable key={`${line.unitId} ${line.book}`} line={line} />
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}

function BookTable({ line }: { line: BookLineType }) {
  const t = useTranslate();
  const [newest, ...earlier] = [...line.months].reverse();
  return (
    <section aria-labelledby={`book-${line.book}`}>
      <h2 id={`book-${line.book}`}>{line.bookName}</h2>
      {newest ? <MonthForm key={`${newest.month} ${newest.version}`} line={line} month={newest} /> : null}
      <details>
        <summary>{t('health.book.earlier')}</summary>
        <ul className="plain-list">
          {earlier.map((month) => (
            <li key={`${month.month} ${month.version}`}>
              <MonthForm line={line} month={month} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function MonthForm({ line, month }: { line: BookLineType; month: MonthLine }) {
  const t = useTranslate();
  const { act, busy, errorText } = useAct([listBooks, listFindings]);
  const [count, setCount] = useState(month.count === null ? '' : String(month.count));
  const [note, setNote] = useState(month.note ?? '');
  const [problem, setProblem] = useState<string>();
  const shown = showMonth(month.month);
  const id = `${line.book}-${month.month}`;
  const more = month.count === null ? 0 : month.count - month.inSystem;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const value = Number(count.trim());
    if (!/^\d{1,7}$/.test(count.trim()) || value > 1_000_000) return setProblem(t('health.book.wrong-count'));
    setProblem(undefined);
    await act(async () => {
      const { unitId, book } = line;
      const body = {
        unitId,
        book,
        month: month.month,
        version: month.version,
        count: value,
        ...given({ note: note.trim() }),
      };
      const saved = await call(saveBookCount, { body });
      notify('success', t(saved.finding ? 'health.book.saved-finding' : 'health.book.saved'));
    });
  }

  return (
    <form className="filters" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        id={`${id}-count`}
        label={t('health.book.count-of', { book: t('health.book.count'), month: shown })}
        short
        inputMode="numeric"
        autoComplete="off"
        value={count}
        error={problem ?? errorText}
        onChange={(event) => setCount(event.currentTarget.value)}
      />
      <TextField
        id={`${id}-note`}
        label={t('health.book.note-of', { month: shown })}
        optional
        maxLength={500}
        autoComplete="off"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <p>
        {t('health.book.system')}: <strong>{month.inSystem}</strong>{' '}
        {month.count === null ? (
          <Tag tone="grey">{t('health.book.none')}</Tag>
        ) : more > 0 ? (
          <Tag tone="red">{t('health.book.more', { count: more })}</Tag>
        ) : (
          <Tag tone="green">{t('health.book.fine')}</Tag>
        )}
      </p>
      <Button small look="secondary" disabled={busy} aria-label={t('health.book.save-of', { month: shown })}>
        {t('health.book.save')}
      </Button>
    </form>
  );
}
