import { useTranslate } from '../../../shared/i18n/context.tsx';
import type { Asked } from './metrics.tsx';
import type { Options } from './place-filters.tsx';

/** What a figure is narrowed to, in words: on paper the filters above it are not seen. Nothing where it is whole. */
export function Narrowed({ asked, found }: { asked: Omit<Asked, 'metricId'>; found: Options }) {
  const t = useTranslate();
  const parts = [
    { label: 'metrics.roll', text: asked.roll === 'own' ? t('metrics.rolls.own') : undefined },
    { label: 'metrics.cutoff', text: asked.cutoff === 'nd09' ? t('metrics.cutoffs.nd09') : undefined },
    { label: 'metrics.field', text: found.fields.find((one) => one.code === asked.field)?.name },
    { label: 'metrics.procedure', text: found.procedures.find((one) => one.code === asked.procedureCode)?.name },
    { label: 'metrics.received-by', text: found.units.find((one) => one.id === asked.receivedUnitId)?.name },
    { label: 'metrics.channel', text: asked.channel && t(`console.channel.${asked.channel}`) },
    { label: 'metrics.steps.bys.step', text: found.steps.find((one) => one.id === asked.stepId)?.name },
    { label: 'metrics.steps.bys.person', text: asked.staffId && t('metrics.narrowed-person') },
  ].filter((part) => part.text !== undefined);
  if (parts.length === 0) return null;
  return <p>{t('metrics.narrowed', { parts: parts.map(({ label, text }) => `${t(label)}: ${text}`).join('; ') })}</p>;
}
