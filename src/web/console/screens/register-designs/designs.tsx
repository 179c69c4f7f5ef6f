import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { foldVietnamese } from '../../../../core/text/fold.ts';
import {
  createRegisterDesign,
  type DesignLineType,
  listRegisterDesigns,
} from '../../../../modules/insight/registers/contract-design.ts';
import { Button } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useFilters } from '../../data/filters.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Select } from '../../ui/select.tsx';
import { EndForm } from './end-form.tsx';
import { FileForm } from './file-form.tsx';
import { NewForm } from './new-form.tsx';

const TONES = { content: 'grey', draft: 'amber', published: 'green' } as const;
const STATES = ['content', 'draft', 'published'] as const;

/** Registers: those of the content, drafts, and versions published here. */
export default function RegisterDesigns() {
  const t = useTranslate();
  const navigate = useNavigate();
  const [filters, set] = useFilters();
  const [ending, setEnding] = useState<DesignLineType>();
  const designs = useCall(listRegisterDesigns, {});
  const { act, busy, error } = useAct([listRegisterDesigns]);
  const nextVersion = (copyOf: string): Promise<boolean> =>
    act(async () => {
      const { id } = await call(createRegisterDesign, { body: { copyOf } });
      void navigate({ to: '/thiet-ke-so/$id', params: { id } });
    });
  return (
    <>
      <ScreenHead title={t('designer.title')} />
      <p className="hint">{t('designer.intro')}</p>
      <FailureNote error={error} />
      <Loaded query={designs}>
        {({ rows }) => {
          const shown = arranged(rows, filters);
          const newest = newestOf(rows);
          return (
            <>
              <div className="disclosures">
                <Disclosure label={t('designer.make-new')}>
                  {(close) => <NewForm registers={[...newest.values()]} close={close} />}
                </Disclosure>
                <Disclosure label={t('designer.from-file')}>{(close) => <FileForm close={close} />}</Disclosure>
              </div>
              {ending ? <EndForm key={ending.registerId} register={ending} close={() => setEnding(undefined)} /> : null}
              <div className="filters no-print">
                <Select
                  id="design-state"
                  label={t('designer.state')}
                  value={filters['trang-thai'] ?? ''}
                  empty={t('designer.all')}
                  onChange={(value) => set({ 'trang-thai': value })}
                  options={STATES.map((value) => ({ value, label: t(`designer.states.${value}`) }))}
                />
                <SearchBox
                  id="design-search"
                  label={t('designer.search')}
                  text={filters.q}
                  onText={(q) => set({ q })}
                />
              </div>
              {shown.length === 0 ? (
                <EmptyState title={t('designer.empty')}>{t('designer.empty-text')}</EmptyState>
              ) : (
                <Table<DesignLineType>
                  caption={t('designer.title')}
                  hideCaption
                  rows={shown}
                  rowKey={(row) => row.id ?? row.registerId}
                  columns={[
                    {
                      id: 'name',
                      label: t('designer.register'),
                      rowHead: true,
                      cell: (row) => (
                        <>
                          <Link to="/thiet-ke-so/$id" params={{ id: row.id ?? row.registerId }}>
                            {row.name}
                          </Link>
                          <span className="hint">{row.registerId}</span>
                        </>
                      ),
                    },
                    {
                      id: 'state',
                      label: t('designer.state'),
                      cell: (row) => (
                        <>
                          <Tag tone={TONES[row.state]}>{t(`designer.states.${row.state}`)}</Tag>
                          {row.lastDay && row.state !== 'draft' ? (
                            <span className="hint">{t('designer.until', { day: showDay(row.lastDay) })}</span>
                          ) : null}
                        </>
                      ),
                    },
                    { id: 'from', label: t('designer.valid-from'), cell: (row) => showDay(row.validFrom) },
                    {
                      id: 'changed',
                      label: t('designer.changed'),
                      cell: (row) => (row.changedAt ? `${showShortInstant(row.changedAt)}, ${row.changedBy}` : '–'),
                    },
                    {
                      id: 'act',
                      label: t('designer.act'),
                      cell: (row) =>
                        newest.get(row.registerId) === row ? (
                          <>
                            <Button
                              type="button"
                              look="link"
                              disabled={busy}
                              aria-label={t('designer.next-of', { name: row.name })}
                              onClick={() => void nextVersion(row.registerId)}
                            >
                              {t('designer.next')}
                            </Button>{' '}
                            <Button
                              type="button"
                              look="link"
                              aria-label={t(row.lastDay ? 'designer.resume-of' : 'designer.end-of', { name: row.name })}
                              onClick={() => setEnding(row)}
                            >
                              {t(row.lastDay ? 'designer.resume' : 'designer.end')}
                            </Button>
                          </>
                        ) : null,
                    },
                  ]}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function arranged(rows: readonly DesignLineType[], filters: Readonly<Record<string, string | undefined>>) {
  const q = foldVietnamese(filters.q ?? '');
  return rows.filter(
    (row) =>
      (!filters['trang-thai'] || row.state === filters['trang-thai']) &&
      foldVietnamese(`${row.name} ${row.registerId}`).includes(q),
  );
}

/** Of each register the version that came last; drafts are none. */
function newestOf(rows: readonly DesignLineType[]): ReadonlyMap<string, DesignLineType> {
  const newest = new Map<string, DesignLineType>();
  for (const row of rows) {
    if (row.state === 'draft') continue;
    const known = newest.get(row.registerId);
    if (!known || (known.validFrom ?? '') < (row.validFrom ?? '')) newest.set(row.registerId, row);
  }
  return newest;
}
