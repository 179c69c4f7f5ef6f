import { getRegisterEntry, type RegisterFieldView } from '../../../../modules/insight/registers/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { showValue } from './words.ts';

/** Every version of a row: what, who, when, why, and the evidence beside it. */
export function EntryHistory({ entryId, fields }: { entryId: string; fields: readonly RegisterFieldView[] }) {
  const t = useTranslate();
  const entry = useCall(getRegisterEntry, { params: { id: entryId } });
  return (
    <Loaded query={entry}>
      {({ unitName, periodName, versions, files }) => (
        <>
          <p className="hint">
            {unitName} · {periodName}
          </p>
          <Table
            caption={t('registers.versions')}
            rows={versions}
            rowKey={(row) => String(row.no)}
            columns={[
              { id: 'no', label: t('registers.version'), rowHead: true, cell: (row) => row.no },
              {
                id: 'values',
                label: t('registers.values'),
                cell: (row) =>
                  row.values === null
                    ? t('registers.removed')
                    : fields
                        .filter((field) => (row.values?.[field.key] ?? null) !== null)
                        .map((field) => `${field.label}: ${showValue(field, row.values?.[field.key])}`)
                        .join('; '),
              },
              {
                id: 'by',
                label: t('registers.by'),
                cell: (row) =>
                  `${row.by}, ${showShortInstant(row.at)}${row.origin === 'import' ? `, ${t('registers.from-file')}` : ''}`,
              },
              { id: 'reason', label: t('registers.reason'), cell: (row) => row.reason || '–' },
              { id: 'evidence', label: t('registers.evidence'), cell: (row) => row.evidence || '–' },
              {
                id: 'counted',
                label: t('registers.counted'),
                cell: (row) =>
                  row.counted ? (
                    <Tag tone="green">{t('registers.counted-yes')}</Tag>
                  ) : (
                    <Tag tone="amber">{t('registers.counted-no')}</Tag>
                  ),
              },
            ]}
          />
          <h3>{t('registers.files')}</h3>
          {files.length === 0 ? (
            <p className="hint">{t('registers.no-files')}</p>
          ) : (
            <ul>
              {files.map((file) => (
                <li key={file.id}>
                  <a href={`/api/registers/evidence/${file.id}`} target="_blank" rel="noopener">
                    {file.name}
                  </a>{' '}
                  <span className="hint">
                    {file.by}, {showShortInstant(file.at)}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Loaded>
  );
}
