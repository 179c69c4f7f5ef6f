import { useState } from 'react';
import { createIndexAction, type SheetPageType } from '../../../../modules/insight/indices/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Select } from '../../ui/select.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { ActForm, LazyDialog } from './act-dialog.tsx';
import { ActionLine } from './follow-up.tsx';
import { percent, points } from './words.ts';

/** As many as a telephone shows before all are asked for. */
const FIRST = 5;

type Lost = SheetPageType['lost'][number];
type Refresh = readonly { readonly id: string }[];

/** Where points were lost, most first, each with the tasks that follow from it. */
export function LostPoints({ page, refresh }: { page: SheetPageType; refresh: Refresh }) {
  const t = useTranslate();
  const [open, setOpen] = useState<Lost>();
  const [whole, setWhole] = useState(false);
  const narrow = useNarrow();
  const count = page.lost.length;
  const short = narrow && !whole && count > FIRST;
  const line =
    count === 0
      ? undefined
      : t('indices.lost-line', {
          points: points(
            page.lost.reduce((sum, each) => sum + each.points, 0),
            t,
          ),
          count,
        });
  const partial = page.total === null && page.selfTotal === null;
  return (
    <Fold id="lost" title={t('indices.lost-title')} line={line} panel>
      {partial && page.lost.length > 0 ? <p className="hint">{t('indices.lost-partial')}</p> : null}
      {page.lost.length === 0 ? (
        <p>{t(partial ? 'indices.lost-unknown' : 'indices.lost-none')}</p>
      ) : (
        <div className={short ? 'dense first-rows' : 'dense'}>
          <Table
            caption={t('indices.lost-title')}
            hideCaption
            rows={page.lost}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'name',
                label: t('indices.criterion'),
                rowHead: true,
                cell: (row) => (
                  <>
                    {row.name}
                    <span className="hint">{row.domainName === row.name ? '' : row.domainName}</span>
                  </>
                ),
              },
              { id: 'points', label: t('indices.lost-of-index'), numeric: true, cell: (row) => points(row.points, t) },
              {
                id: 'share',
                label: t('indices.lost-share'),
                numeric: true,
                cell: (row) => percent(row.sharePercent, t),
              },
              {
                id: 'actions',
                label: t('indices.actions'),
                cell: (row) =>
                  page.actions
                    .filter((action) => action.criterionId === row.id)
                    .map((action) => <ActionLine key={action.id} action={action} />),
              },
              ...(page.may.act
                ? [
                    {
                      id: 'act',
                      label: t('indices.act'),
                      cell: (row: Lost) => (
                        <Button
                          type="button"
                          look="secondary"
                          small
                          aria-label={t('indices.add-action-named', { name: row.name })}
                          onClick={() => setOpen(row)}
                        >
                          {t('indices.add-action')}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      )}
      {short ? (
        <p className="no-print">
          <Button type="button" look="secondary" small onClick={() => setWhole(true)}>
            {t('indices.lost-all', { count })}
          </Button>
        </p>
      ) : null}
      {open ? <ActionDialog page={page} lost={open} refresh={refresh} close={() => setOpen(undefined)} /> : null}
    </Fold>
  );
}

function ActionDialog({
  page,
  lost,
  refresh,
  close,
}: {
  page: SheetPageType;
  lost: Lost;
  refresh: Refresh;
  close: () => void;
}) {
  const t = useTranslate();
  const [title, setTitle] = useState('');
  const [ownerStaffId, setOwner] = useState('');
  const [dueDay, setDue] = useState('');
  const key = useKey();
  return (
    <LazyDialog title={t('indices.add-action')} onClose={close}>
      <ActForm
        submit={() =>
          call(
            createIndexAction,
            { params: { id: page.id }, body: { criterionId: lost.id, title: title.trim(), ownerStaffId, dueDay } },
            key,
          )
        }
        done={t('indices.action-added')}
        refresh={refresh}
        close={close}
        ready={title.trim() !== '' && ownerStaffId !== '' && dueDay !== ''}
        label={t('indices.add-action')}
      >
        <p>{t('indices.action-for', { name: lost.name, points: points(lost.points, t) })}</p>
        <TextField
          id="action-title"
          label={t('indices.action-title')}
          maxLength={400}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          id="action-owner"
          label={t('indices.action-owner')}
          value={ownerStaffId}
          empty={t('indices.choose')}
          onChange={setOwner}
          options={page.owners.map((each) => ({ value: each.id, label: each.name }))}
        />
        <DayField id="action-due" label={t('indices.action-due')} optional={false} day={dueDay} onDay={setDue} />
      </ActForm>
    </LazyDialog>
  );
}
