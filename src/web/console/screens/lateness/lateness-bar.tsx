import type { LatenessPartType } from '../../../../modules/onestop/lateness/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';

/** Parts as one bar; the numbers are those of the table's lines, so that it can be read on a black-and-white print. */
export function LatenessBar({ parts }: { parts: readonly LatenessPartType[] }) {
  const t = useTranslate();
  const total = parts.reduce((sum, part) => sum + part.minutes, 0);
  return (
    <div className="late-bar" role="img" aria-label={t('lateness.dossier.bar')}>
      {parts.map((part, index) => (
        <span
          key={`${part.seq} ${part.kind} ${part.stepId} ${part.unitId} ${part.staffId}`}
          className={`late-bar__part late-bar__part--${part.kind}`}
          style={{ flexGrow: Math.max(part.minutes / total, 0.02) }}
        >
          <span>{index + 1}</span>
        </span>
      ))}
    </div>
  );
}
