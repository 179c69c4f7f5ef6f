import type { DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Timeline } from '../../../shared/design/timeline.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showInstant } from '../../data/format.ts';
import { LongText } from '../../ui/long-text.tsx';

/** The story so far, in the wide column: reasons are long, and the other column is full. */
export function HistoryPart({ page }: { page: DossierPageType }) {
  const t = useTranslate();
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{t('console.dossier.history')}</h2>
      <Timeline
        entries={page.history.map((line, index) => ({
          id: String(line.seq),
          at: line.at,
          when: showInstant(line.at),
          what: line.text,
          current: index === page.history.length - 1,
          detail: (
            <>
              {line.who}
              {line.recordedAt.slice(0, 16) === line.at.slice(0, 16) ? null : (
                <span className="hint">{t('console.dossier.recorded-at', { when: showInstant(line.recordedAt) })}</span>
              )}
              {line.note ? (
                <blockquote className="note">
                  <LongText text={line.note} />
                </blockquote>
              ) : null}
            </>
          ),
        }))}
      />
    </section>
  );
}
