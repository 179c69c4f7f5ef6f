import { Link } from '@tanstack/react-router';
import type { SheetPageType } from '../../../../modules/insight/indices/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay } from '../../data/format.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { points } from './words.ts';

type Action = SheetPageType['actions'][number];

/** A task with who does it, its day and how far it is; said where it is late. */
export function ActionLine({ action }: { action: Action }) {
  const t = useTranslate();
  const { title, ownerName: owner, dueDay } = action;
  return (
    <span className="hint">
      {t('indices.action-line', { title, owner, due: showDay(dueDay) })}{' '}
      <Tag>{t(`indices.action-states.${action.state}`)}</Tag>
      {action.late ? (
        <>
          {' '}
          <Tag tone="red">{t('indices.action-late')}</Tag>
        </>
      ) : null}
    </span>
  );
}

/** What became of the points lost the year before, and of the tasks given for them. */
export function FollowUp({ page }: { page: SheetPageType }) {
  const t = useTranslate();
  const follow = page.followUp;
  if (follow === null || follow.rows.length === 0) return null;
  const title = t('indices.follow-title', { year: follow.year });
  return (
    <Fold id="follow" title={title} panel>
      <p>
        <Link to="/chi-so/phieu/$id" params={{ id: follow.sheetId }}>
          {t('indices.follow-sheet', { year: follow.year })}
        </Link>
      </p>
      <Table
        caption={title}
        hideCaption
        rows={follow.rows}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', label: t('indices.criterion'), rowHead: true, cell: (row) => row.name },
          {
            id: 'before',
            label: t('indices.lost-in', { year: follow.year }),
            numeric: true,
            cell: (row) => points(row.lostBefore, t),
          },
          {
            id: 'now',
            label: t('indices.lost-in', { year: page.round.year }),
            numeric: true,
            cell: (row) => (row.lostNow === null ? t('indices.not-scored-yet') : points(row.lostNow, t)),
          },
          {
            id: 'back',
            label: t('indices.won-back'),
            numeric: true,
            cell: (row) =>
              row.worth
                ? t('indices.other-worth', { before: points(row.worth.before, t), now: points(row.worth.now, t) })
                : points(row.wonBack, t).replace('-', '−'),
          },
          {
            id: 'actions',
            label: t('indices.actions'),
            cell: (row) => row.actions.map((action) => <ActionLine key={action.id} action={action} />),
          },
        ]}
      />
      <p className="no-print">
        <CsvButton
          name={`diem-lay-lai-${page.round.setCode}-${page.round.year}`}
          label={t('indices.csv-follow')}
          columns={[
            { label: t('indices.criterion'), value: (row) => row.name },
            { label: t('indices.lost-in', { year: follow.year }), value: (row) => row.lostBefore },
            { label: t('indices.lost-in', { year: page.round.year }), value: (row) => row.lostNow },
            { label: t('indices.won-back'), value: (row) => row.wonBack },
            { label: t('indices.worth-in', { year: follow.year }), value: (row) => row.worth?.before },
            { label: t('indices.worth-in', { year: page.round.year }), value: (row) => row.worth?.now },
            {
              label: t('indices.actions'),
              value: (row) => row.actions.map((one) => `${one.title} (${one.ownerName})`).join('; '),
            },
          ]}
          rows={follow.rows}
        />
      </p>
    </Fold>
  );
}
