import type { DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Facts } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showInstant } from '../../data/format.ts';
import { ApologyPart } from '../apologies/dossier-part.tsx';
import { ForecastPart } from './forecast-part.tsx';
import { KeepingPart } from './keeping-part.tsx';
import { LatenessPart } from './lateness-part.tsx';
import { Money } from './money.tsx';
import { WarningsPart } from './warnings-part.tsx';

/** Right: dates and units, progress by steps, what threatens the due date, money, slips to print. */
export function FactsPart({ page }: { page: DossierPageType }) {
  const t = useTranslate();
  const { row } = page;
  const moved = page.dueOriginal !== null && page.dueOriginal !== page.dueCurrent;
  return (
    <div className="dossier__facts">
      <section className="panel" aria-labelledby="facts-title">
        <h2 id="facts-title">{t('console.dossier.facts')}</h2>
        <Facts
          items={[
            {
              term: t('console.intake.due'),
              value: page.dueCurrent ? <strong>{showInstant(page.dueCurrent)}</strong> : '',
            },
            { term: t('console.dossier.due-original'), value: moved ? showInstant(page.dueOriginal) : '' },
            { term: t('console.dossier.punctuality'), value: punctualityText(page, t) },
            { term: t('console.dossier.submitted'), value: showInstant(page.submittedAt) },
            { term: t('console.list.received'), value: showInstant(page.receivedAt) },
            { term: t('console.dossier.ended'), value: showInstant(page.endedAt) },
            { term: t('console.dossier.returned'), value: showInstant(page.returnedAt) },
            { term: t('console.list.channel'), value: t(`console.channel.${row.channel}`) },
            {
              term: t('console.list.holder'),
              value: [row.holderStaffName, row.holderUnitName].filter(Boolean).join(', '),
            },
            { term: t('console.dossier.received-by'), value: page.receivedBy.name },
            { term: t('console.dossier.decided-by'), value: page.decidedBy.name },
            { term: t('console.dossier.supported-by'), value: page.supportedBy.map((unit) => unit.name).join(', ') },
            { term: t('console.intake.result-method'), value: t(`console.method.${page.resultMethod}`) },
            { term: t('console.dossier.result-address'), value: page.resultAddress },
            { term: t('console.list.procedure-code'), value: page.procedure.code },
          ]}
        />
      </section>
      {page.steps.length > 0 ? (
        <section className="panel" aria-labelledby="steps-title">
          <h2 id="steps-title">{t('console.dossier.steps')}</h2>
          <ol className="steps">
            {page.steps.map((step) => (
              <li
                key={step.id}
                className={`steps__${step.state}`}
                aria-current={step.state === 'current' ? 'step' : undefined}
              >
                <strong>{step.name}</strong> <span className="steps__state">{t(`console.step.${step.state}`)}</span>
                <span className="hint">
                  {step.unitName}
                  {step.dueAt ? ` · ${t('console.list.step-due', { when: showInstant(step.dueAt) })}` : ''}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {row.receivedAt ? <ApologyPart id={row.id} code={row.code} /> : null}
      {row.receivedAt ? <WarningsPart id={row.id} /> : null}
      {row.receivedAt ? <LatenessPart id={row.id} /> : null}
      {row.receivedAt && page.endedAt === null ? <ForecastPart id={row.id} /> : null}
      <Money page={page} />
      {page.slips.length > 0 ? (
        <section className="panel" aria-labelledby="slips-title">
          <h2 id="slips-title">{t('console.dossier.slips')}</h2>
          <ul>
            {page.slips.map((slip) => (
              <li key={slip.url}>
                <a href={slip.url} target="_blank" rel="noreferrer">
                  {slip.title} (PDF)
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <KeepingPart id={page.row.id} />
    </div>
  );
}

function punctualityText(page: DossierPageType, t: ReturnType<typeof useTranslate>): string {
  if (!page.punctuality) return '';
  const word = t(`console.punctuality.${page.punctuality}`);
  const minutes = page.latenessMinutes ?? 0;
  if (minutes <= 0) return word;
  return `${word}, ${t('console.dossier.late-by', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}`;
}
