import { useTranslate } from '../i18n/context.tsx';

/** Lights of the clock, as `clockLight` of core/working-time gives them. */
export type Light = 'green' | 'amber' | 'red' | 'paused' | 'none';

const shapes: Record<Light, string> = {
  green: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z',
  amber: 'M8 1 16 15H0z',
  red: 'M1 1h14v14H1z',
  paused: 'M3 1h4v14H3zM9 1h4v14H9z',
  none: 'M1 7h14v2H1z',
};

/**
 * How a dossier stands with its due date: circle, triangle, square, two bars or a dash, with the word beside it.
 * `detail` says the figure ("còn 2 ngày làm việc"); `bare` hides the word from eyes but never from ears.
 */
export function TrafficLight({
  light,
  detail,
  bare = false,
}: {
  light: Light;
  detail?: string | undefined;
  bare?: boolean;
}) {
  const t = useTranslate();
  return (
    <span className={`light light--${light}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[light]} />
      </svg>
      <span className={bare ? 'visually-hidden' : undefined}>
        {t(`ui.light.${light}`)}
        {detail ? `: ${detail}` : ''}
      </span>
    </span>
  );
}
