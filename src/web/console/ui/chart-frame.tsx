import { type ReactNode, useEffect, useRef } from 'react';
import { Button, ButtonRow } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { saveText } from '../data/csv.ts';

/**
 * A chart that may be wider than a telephone, with what saves it: the picture for papers, and beside it what the caller
 * gives (the figures as CSV). The drawing scrolls inside its frame and can be reached by keyboard.
 */
export function ChartFrame({
  name,
  label,
  chart,
  children,
}: {
  /** File name without its ending. */
  name: string;
  /** What the drawing shows, read aloud where the frame is reached. */
  label: string;
  chart: ReactNode;
  children?: ReactNode;
}) {
  const t = useTranslate();
  const frame = useRef<HTMLElement>(null);
  // Where not all of it fits, what is newest is seen first.
  useEffect(() => {
    if (frame.current) frame.current.scrollLeft = frame.current.scrollWidth;
  }, []);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="chart-frame" aria-label={label} tabIndex={0} ref={frame}>
        {chart}
      </section>
      <ButtonRow>
        <Button
          type="button"
          look="secondary"
          small
          onClick={() => {
            const drawing = frame.current?.querySelector('svg');
            if (drawing) saveText(`${name}.svg`, pictureOf(drawing, label), 'image/svg+xml');
          }}
        >
          {t('ui.chart.save')}
        </Button>
        {children}
      </ButtonRow>
    </>
  );
}

/** The drawing as a file of its own: black on white, with its title, whatever the screen's colours are. */
function pictureOf(drawing: SVGSVGElement, label: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const { width, height } = drawing.viewBox.baseVal;
  const space = 'http://www.w3.org/2000/svg';
  const title = document.createElementNS(space, 'title');
  title.textContent = label;
  const paper = document.createElementNS(space, 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', '#fff');
  copy.prepend(title, paper);
  copy.setAttribute('xmlns', space);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('color', '#000');
  copy.setAttribute('font-family', 'sans-serif');
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  return new XMLSerializer().serializeToString(copy);
}
