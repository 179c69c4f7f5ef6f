import { Fragment } from 'react';
import {
  type DossierLatenessType,
  getDossierLateness,
  type LatenessPartType,
} from '../../../../modules/onestop/lateness/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { CauseRequests } from '../lateness/cause-requests.tsx';
import { showMinutes } from '../lateness/duration.ts';
import { LatenessBar } from '../lateness/lateness-bar.tsx';
import { PartForm } from '../lateness/part-form.tsx';
import { PartCause, PartHolder } from '../lateness/part-text.tsx';

/** “Vì sao trễ”: who answers for how many minutes, and what the heads say. Nothing where the dossier is in time. */
export function LatenessPart({ id }: { id: string }) {
  const query = useCall(getDossierLateness, { params: { id } });
  return <Loaded query={query}>{(page) => <Shown id={id} page={page} />}</Loaded>;
}

type Numbered = LatenessPartType & { readonly number: number };

function Shown({ id, page }: { id: string; page: DossierLatenessType }) {
  const t = useTranslate();
  if (page.state === 'none' && page.requests.length === 0 && page.history.length === 0) return null;
  const rows = page.parts.map((part, index): Numbered => ({ ...part, number: index + 1 }));
  return (
    <section className="panel" aria-labelledby="lateness-title">
      <h2 id="lateness-title">{t('lateness.dossier.title')}</h2>
      {page.state === 'none' ? null : (
        <p>{t(`lateness.dossier.${page.state}`, { duration: showMinutes(page.latenessMinutes, t) })}</p>
      )}
      {rows.length > 0 ? (
        <>
          <LatenessBar parts={rows} />
          <Table
            caption={t('lateness.dossier.caption')}
            hideCaption
            rows={rows}
            rowKey={(row) => String(row.number)}
            columns={[
              { id: 'number', label: t('lateness.dossier.number'), numeric: true, cell: (row) => row.number },
              {
                id: 'holder',
                label: t('lateness.dossier.holder'),
                rowHead: true,
                cell: (row) => (
                  <>
                    <PartHolder part={row} />
                    <span className="late-cause">
                      <PartCause part={row} />
                    </span>
                  </>
                ),
              },
              {
                id: 'late',
                label: t('lateness.dossier.late'),
                cell: (row) => (
                  <>
                    <strong>{showMinutes(row.minutes, t)}</strong>
                    <span className="hint">
                      {t('lateness.dossier.over', { duration: showMinutes(row.overrunMinutes, t) })}
                    </span>
                  </>
                ),
              },
            ]}
          />
          {rows
            .filter((row) => row.mayConfirm)
            .map((row) => (
              <Disclosure
                key={`${row.seq} ${page.version}`}
                label={`${t('lateness.form.open')}: ${t('lateness.form.part', { n: row.number })}`}
              >
                {(close) => <PartForm dossierId={id} page={page} part={row} onDone={close} />}
              </Disclosure>
            ))}
        </>
      ) : null}
      {page.waits.length > 0 ? (
        <>
          <h3>{t('lateness.dossier.waits')}</h3>
          <ul>
            {page.waits.map((wait) => (
              <li key={wait.from}>
                {t('lateness.dossier.wait', {
                  kind: t(`lateness.kind.${wait.kind}`),
                  from: showShortInstant(wait.from),
                  to: showShortInstant(wait.to),
                  duration: showMinutes(wait.minutes, t),
                })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {page.requests.length > 0 ? (
        <>
          <h3>{t('lateness.request.title')}</h3>
          <CauseRequests rows={page.requests} causes={page.causes} withCode={false} />
        </>
      ) : null}
      {page.history.length > 0 ? (
        <details>
          <summary>{t('lateness.dossier.history')}</summary>
          <dl className="facts">
            {page.history.map((line) => (
              <Fragment key={`${line.at} ${line.kind}`}>
                <dt>{showShortInstant(line.at)}</dt>
                <dd>
                  {t(`lateness.history.${line.kind}`)}
                  <span className="hint">
                    {[line.who || t('lateness.dossier.system'), line.reason].filter(Boolean).join('. ')}
                  </span>
                </dd>
              </Fragment>
            ))}
          </dl>
        </details>
      ) : null}
    </section>
  );
}
