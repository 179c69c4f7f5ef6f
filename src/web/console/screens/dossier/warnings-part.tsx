import { capital } from '../../../../core/text/capital.ts';
import { dossierWarnings } from '../../../../modules/onestop/warnings/contract.ts';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';

/** Warnings of a dossier: made, and to come as the clock runs. For dossiers that were received. */
export function WarningsPart({ id }: { id: string }) {
  const t = useTranslate();
  const warnings = useCall(dossierWarnings, { params: { id } });
  return (
    <section className="panel" aria-labelledby="warnings-title">
      <h2 id="warnings-title">{t('warnings.dossier.title')}</h2>
      <Loaded query={warnings}>
        {({ made, ahead, paused }) => (
          <>
            {made.length === 0 ? <p>{t('warnings.dossier.none')}</p> : null}
            <ul className="warnings" aria-label={t('warnings.dossier.made')}>
              {made.map((warning) => (
                <li key={warning.id}>
                  <Tag tone={warning.colour}>{capital(warning.text)}</Tag>{' '}
                  {t('warnings.dossier.at', { when: showShortInstant(warning.reachedAt) })}
                  <span className="hint">
                    {[
                      warning.stepName ? t('warnings.dossier.step', { name: warning.stepName }) : '',
                      ...warning.acts.map((act) => t(`warnings.act.${act}`)),
                      warning.late ? t('warnings.dossier.late', { when: showShortInstant(warning.recordedAt) }) : '',
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
            {paused ? <p className="hint">{t('warnings.dossier.paused')}</p> : null}
            {ahead.length > 0 ? (
              <details>
                <summary>{t('warnings.dossier.ahead')}</summary>
                <ul className="warnings">
                  {ahead.map((rung) => (
                    <li key={`${rung.subject} ${rung.rung}`}>
                      {showShortInstant(rung.at)}: {rung.text}
                    </li>
                  ))}
                </ul>
              </details>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
