import { getRegisterEntry, type RegisterFieldView } from '../../../../modules/insight/registers/contract.ts';
import { Facts } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ResultLink } from './result-link.tsx';
import { showValue } from './words.ts';

/** Every version of a row: what, who, when, why, and the evidence beside it. */
export function EntryHistory({ entryId, fields }: { entryId: string; fields: readonly RegisterFieldView[] }) {
  const t = useTranslate();
  const entry = useCall(getRegisterEntry, { params: { id: entryId } });
  return (
    <Loaded query={entry}>
      {({ unitName, periodName, results, versions, files }) => (
        <>
          <p className="hint">
            {unitName} · {periodName}
          </p>
          <h3>{t('registers.versions')}</h3>
          <ol className="plain-list" reversed>
            {versions.map((version, at) => (
              <li key={version.no}>
                <p>
                  <strong>{t('registers.version-no', { no: version.no })}</strong> {version.by},{' '}
                  {showShortInstant(version.at)}
                  {version.origin === 'import' ? `, ${t('registers.from-file')}` : ''}{' '}
                  {version.counted ? (
                    <Tag tone="green">{t('registers.counted-yes')}</Tag>
                  ) : (
                    <Tag tone="amber">{t('registers.counted-no')}</Tag>
                  )}
                  {version.successorName ? (
                    <>
                      {' '}
                      <Tag tone="grey">{t('registers.by-successor', { unit: version.successorName })}</Tag>
                    </>
                  ) : null}
                </p>
                {version.values === null ? <p>{t('registers.removed')}</p> : null}
                <Facts
                  items={[
                    ...changedFields(fields, version.values, versions[at + 1]?.values).map((field) => ({
                      term: field.label,
                      value:
                        field.type === 'result' ? (
                          <ResultLink value={version.values?.[field.key]} open={results} />
                        ) : (
                          showValue(field, version.values?.[field.key])
                        ),
                    })),
                    ...(version.reason ? [{ term: t('registers.reason'), value: version.reason }] : []),
                    ...(version.evidence ? [{ term: t('registers.evidence'), value: version.evidence }] : []),
                  ]}
                />
              </li>
            ))}
          </ol>
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

type Values = Readonly<Record<string, number | string | null>> | null | undefined;

/** What a version says anew: of the first one everything known, of a later one what differs from the one before. */
function changedFields(
  fields: readonly RegisterFieldView[],
  values: Values,
  before: Values,
): readonly RegisterFieldView[] {
  if (!values) return [];
  return fields.filter(({ key }) => (values[key] ?? null) !== (before?.[key] ?? null));
}
