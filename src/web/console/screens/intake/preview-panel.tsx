import type { UseQueryResult } from '@tanstack/react-query';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { formatVnd } from '../../../../core/text/numbers.ts';
import type { previewIntake } from '../../../../modules/onestop/dossiers/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { ApiError } from '../../api-error.ts';
import { showInstant } from '../../data/format.ts';

type Preview = ReplyOf<typeof previewIntake>;

/** What the law says to what is typed: due date, fees, what is missing. Follows the typing; saves nothing. */
export function PreviewPanel({
  query,
  decidedBy,
  ownerMissing,
}: {
  query: UseQueryResult<Preview>;
  decidedBy: string;
  /** The name is not typed yet: the preview asks with a stand-in and cannot count it. */
  ownerMissing: boolean;
}) {
  const t = useTranslate();
  const preview = query.data;
  const left = preview ? preview.errors.length + (ownerMissing ? 1 : 0) : 0;
  const fees = preview?.fees ?? [];
  const sum = fees.reduce((total, fee) => total + (fee.amountVnd ?? 0), 0);
  return (
    <section className="panel" aria-labelledby="preview-title">
      <h2 id="preview-title">{t('console.intake.preview')}</h2>
      {query.error ? (
        <p className="error-message">{query.error instanceof ApiError ? query.error.message : t('console.network')}</p>
      ) : null}
      <dl className="facts">
        <dt>{t('console.intake.due')}</dt>
        <dd aria-live="polite">
          <strong>{preview ? showInstant(preview.dueAt) || t('console.intake.no-due') : '…'}</strong>
          {preview?.limitText ? <span className="hint">{preview.limitText}</span> : null}
        </dd>
        <dt>{t('console.intake.decided-by')}</dt>
        <dd>{decidedBy}</dd>
        <dt>{t('console.intake.fees')}</dt>
        <dd>
          {fees.length > 0 ? null : preview ? t('console.intake.no-fee') : '…'}
          <ul className="plain-list">
            {fees.map((fee) => (
              <li key={fee.id}>
                {fee.name}: {fee.amountVnd === null ? t('console.intake.fee-unknown') : formatVnd(fee.amountVnd)}
                {fee.note ? <span className="hint">{fee.note}</span> : null}
              </li>
            ))}
          </ul>
          {fees.length > 1 ? <strong>{t('console.intake.fee-sum', { amount: formatVnd(sum) })}</strong> : null}
        </dd>
      </dl>
      {preview && preview.missingComponents.length > 0 ? (
        <>
          <h3>{t('console.intake.missing')}</h3>
          <ul>
            {preview.missingComponents.map((component) => (
              <li key={component.code}>
                <a href={`#paper-${component.code}`}>{component.name}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {left > 0 ? <p className="hint">{t('console.intake.errors-left', { count: left })}</p> : null}
    </section>
  );
}
