import type { LatenessPartType } from '../../../../modules/onestop/lateness/contract.ts';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { showShortInstant } from '../../data/format.ts';

type Holder = Pick<LatenessPartType, 'kind' | 'stepName' | 'unitName' | 'staffName'>;

/** Who a part is put down to, in one line: for choices and files. */
export function holderText(part: Holder, t: Translate): string {
  const who = [part.staffName, part.unitName].filter(Boolean).join(', ');
  const what = part.kind === 'step' || part.kind === 'desk' ? part.stepName : t(`lateness.kind.${part.kind}`);
  return [what, who].filter(Boolean).join(': ');
}

/** Who a part is put down to: the step or the wait, the person, the unit. */
export function PartHolder({ part }: { part: Holder }) {
  const t = useTranslate();
  const isStep = part.kind === 'step' || part.kind === 'desk';
  return (
    <>
      {isStep ? (part.stepName ?? t('lateness.no-step')) : t(`lateness.kind.${part.kind}`)}
      <span className="hint">
        {[part.staffName ?? (isStep ? t('lateness.no-person') : ''), part.unitName].filter(Boolean).join(', ')}
      </span>
    </>
  );
}

/** The cause of a part, and whether a head has said so. */
export function PartCause({ part }: { part: LatenessPartType }) {
  const t = useTranslate();
  return (
    <>
      {part.causeName ?? t('lateness.no-cause')}{' '}
      {part.confirmedAt ? (
        <span className="hint">
          {t('lateness.form.confirmed-by', { name: part.confirmedBy ?? '', when: showShortInstant(part.confirmedAt) })}
        </span>
      ) : (
        <Tag tone="amber">{t('lateness.form.unconfirmed')}</Tag>
      )}
      {part.note ? <span className="hint">{part.note}</span> : null}
    </>
  );
}
