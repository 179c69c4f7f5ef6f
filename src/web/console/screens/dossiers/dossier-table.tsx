import { Link } from '@tanstack/react-router';
import { formatNumberVi } from '../../../../core/text/numbers.ts';
import { AMBER_FROM_SHARE } from '../../../../core/working-time/index.ts';
import type { DossierRowType } from '../../../../modules/onestop/dossiers/contract.ts';
import { type Column, Table } from '../../../shared/design/table.tsx';
import { Tag, type TagTone } from '../../../shared/design/tag.tsx';
import { TrafficLight } from '../../../shared/design/traffic-light.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import type { CsvColumn } from '../../data/csv.ts';
import { showShortInstant } from '../../data/format.ts';
import { CsvButton } from '../../ui/csv-button.tsx';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { useRowKeys } from '../../ui/row-keys.ts';

const TONES: Partial<Record<string, TagTone>> = {
  submitted: 'blue',
  'awaiting-completion': 'amber',
  supplement: 'amber',
  finance: 'amber',
  suspended: 'amber',
  decided: 'green',
  returned: 'green',
  refused: 'red',
  stopped: 'red',
};

/** State of a dossier as a short word. */
export function StatusTag({ status, name }: { status: string; name: string }) {
  return <Tag tone={TONES[status] ?? 'grey'}>{name}</Tag>;
}

function columns(t: Translate): Column<DossierRowType>[] {
  return [
    {
      id: 'light',
      label: t('console.list.light'),
      cell: (row) => <TrafficLight light={row.light} bare={row.light === 'none'} />,
    },
    {
      id: 'code',
      label: t('console.list.code'),
      rowHead: true,
      cell: (row) => (
        <>
          <DossierLink id={row.id} code={row.code} walked />{' '}
          {row.unread ? <Tag tone="blue">{t('console.list.unread')}</Tag> : null}
          {row.receivedAt ? (
            <span className="hint">{t('console.list.received-at', { when: showShortInstant(row.receivedAt) })}</span>
          ) : null}
        </>
      ),
    },
    { id: 'owner', label: t('console.list.owner'), cell: (row) => row.ownerName },
    {
      id: 'procedure',
      label: t('console.list.procedure'),
      cell: (row) => (
        <div className="list-procedure">
          {row.procedureName}
          {row.subject.startsWith(row.procedureName) ? null : <span className="hint">{row.subject}</span>}
        </div>
      ),
    },
    {
      id: 'status',
      label: t('console.list.status'),
      cell: (row) => (
        <div className="list-status">
          <StatusTag status={row.status} name={row.statusName} />
          {row.stepName ? <span className="hint">{row.stepName}</span> : null}
          {row.stepDueAt ? (
            <span className="hint">{t('console.list.step-due', { when: showShortInstant(row.stepDueAt) })}</span>
          ) : null}
        </div>
      ),
    },
    {
      id: 'holder',
      label: t('console.list.holder'),
      cell: (row) => (
        <div className="cell-name">
          {row.holderStaffName ?? row.holderUnitName ?? ''}
          {row.holderStaffName && row.holderUnitName ? <span className="hint">{row.holderUnitName}</span> : null}
        </div>
      ),
    },
    { id: 'due', label: t('console.list.due'), cell: (row) => <strong>{showShortInstant(row.dueAt)}</strong> },
  ];
}

/** Dossiers as rows; `j`/`k` walk through them. */
export function DossierTable({ rows, caption }: { rows: readonly DossierRowType[]; caption: string }) {
  const t = useTranslate();
  useRowKeys();
  return (
    <>
      <div className="dossier-list">
        <Table caption={caption} hideCaption columns={columns(t)} rows={rows} rowKey={(row) => row.id} />
      </div>
      <p className="hint">
        {t('console.list.light-explained', { share: formatNumberVi(AMBER_FROM_SHARE * 100) })}{' '}
        <Link to="/canh-bao">{t('console.list.light-ladder')}</Link>
      </p>
    </>
  );
}

function csvColumns(t: Translate): CsvColumn<DossierRowType>[] {
  return [
    { label: t('console.list.code'), value: (row) => row.code },
    { label: t('console.list.owner'), value: (row) => row.ownerName },
    { label: t('console.list.procedure-code'), value: (row) => row.procedureCode },
    { label: t('console.list.procedure'), value: (row) => row.procedureName },
    { label: t('console.list.subject'), value: (row) => row.subject },
    { label: t('console.list.channel'), value: (row) => t(`console.channel.${row.channel}`) },
    { label: t('console.list.status'), value: (row) => row.statusName },
    { label: t('console.list.light'), value: (row) => t(`ui.light.${row.light}`) },
    { label: t('console.list.step'), value: (row) => row.stepName },
    {
      label: t('console.list.holder'),
      value: (row) => [row.holderStaffName, row.holderUnitName].filter(Boolean).join(', '),
    },
    { label: t('console.list.received'), value: (row) => showShortInstant(row.receivedAt) },
    { label: t('console.list.due'), value: (row) => showShortInstant(row.dueAt) },
  ];
}

/** Saves the rows in sight as a CSV file; nothing leaves the machine. */
export function ExportButton({ rows, name }: { rows: readonly DossierRowType[]; name: string }) {
  const t = useTranslate();
  return <CsvButton name={name} columns={csvColumns(t)} rows={rows} />;
}
