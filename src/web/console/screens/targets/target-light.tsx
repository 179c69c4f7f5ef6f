import type { TargetLineType } from '../../../../modules/insight/targets/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';

const SHAPES: Readonly<Record<TargetLineType['light'], { tone: string; path: string }>> = {
  met: { tone: 'green', path: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z' },
  near: { tone: 'amber', path: 'M8 1 16 15H0z' },
  behind: { tone: 'red', path: 'M1 1h14v14H1z' },
  'too-few': { tone: 'none', path: 'M1 4h14v2H1zM1 10h14v2H1z' },
  'no-data': { tone: 'none', path: 'M1 7h14v2H1z' },
};

/** Whether a target is met: a shape and a word beside the colour. */
export function TargetLight({ light }: { light: TargetLineType['light'] }) {
  const t = useTranslate();
  const { tone, path } = SHAPES[light];
  return (
    <span className={`light light--${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
      <span>{t(`targets.light.${light}`)}</span>
    </span>
  );
}
