import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ApologyLineType } from '../../../../modules/onestop/apologies/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay, showShortInstant } from '../../data/format.ts';
import { ExemptionLines, PaperLines } from './paper.tsx';

/** Dossiers that owe, or owed, an apology. @param acts what the reader may do with one; left out: nothing is done here */
export function ApologyTable({
  caption,
  rows,
  acts,
}: {
  caption: string;
  rows: readonly ApologyLineType[];
  acts?: (row: ApologyLineType) => ReactNode;
}) {
  const t = useTranslate();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={rows}
      rowKey={(row) => `${row.dossierId} ${row.apology?.id ?? ''} ${row.exemption?.id ?? ''}`}
      columns={[
        {
          id: 'code',
          label: t('console.apology.dossier'),
          rowHead: true,
          cell: (row) => (
            <>
              <Link to="/ho-so/$id" params={{ id: row.dossierId }}>
                {row.dossierCode}
              </Link>
              <span className="line">{row.procedureName}</span>
            </>
          ),
        },
        {
          id: 'unit',
          label: t('console.apology.unit'),
          cell: (row) => (
            <>
              {row.authorityName}
              {row.holderName ? <span className="hint">{row.holderName}</span> : null}
            </>
          ),
        },
        {
          id: 'due',
          label: t('console.apology.due'),
          cell: (row) => (
            <>
              {showShortInstant(row.dueAt)}
              <LateTag row={row} />
            </>
          ),
        },
        {
          id: 'paper',
          label: t('console.apology.paper'),
          cell: (row) => (
            <>
              {row.apology ? <PaperLines paper={row.apology} late={row.late} /> : null}
              {row.exemption ? <ExemptionLines exemption={row.exemption} /> : null}
              {row.apology || row.exemption ? null : t('console.apology.nothing')}
            </>
          ),
        },
        ...(acts ? [{ id: 'acts', label: t('console.apology.acts'), cell: acts }] : []),
      ]}
    />
  );
}

function LateTag({ row }: { row: ApologyLineType }) {
  const t = useTranslate();
  if (row.endedAt)
    return (
      <>
        <span className="line">{t('console.apology.ended', { day: showDay(row.endedAt) })}</span>
        {row.late ? <Tag tone="red">{t('console.apology.ended-late')}</Tag> : null}
      </>
    );
  return row.late ? (
    <span className="line">
      <Tag tone="red">{t('console.apology.late')}</Tag>
    </span>
  ) : null;
}
