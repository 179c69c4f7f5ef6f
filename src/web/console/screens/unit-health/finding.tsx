import { Link, useParams } from '@tanstack/react-router';
import { Fragment } from 'react';
import { type FindingType, getFinding } from '../../../../modules/onestop/unit-health/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay, showInstant, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { DossierLink } from '../../ui/dossier-link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { FindingActs } from './finding-acts.tsx';
import { STATE_TONES, showPeriod } from './words.ts';

/** One finding: what was counted, what the unit says of it, what became of it. */
export default function FindingScreen() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const query = useCall(getFinding, { params: { id } });
  return (
    <Loaded query={query} title={t('health.title')}>
      {(finding) => (
        <>
          <ScreenHead title={`${finding.ruleName}: ${finding.unitName}`}>
            <Link to="/suc-khoe-don-vi">{t('health.back')}</Link>
          </ScreenHead>
          <p aria-live="polite">
            <Tag tone={STATE_TONES[finding.state]}>{t(`health.states.${finding.state}`)}</Tag>{' '}
            {finding.overdue ? <Tag tone="red">{t('health.overdue')}</Tag> : null}{' '}
            {finding.closedAs ? t(`health.closed-as.${finding.closedAs}`) : null}
          </p>
          <Facts finding={finding} />
          <Details facts={finding.facts} />
          <FindingActs key={finding.version} finding={finding} />
          <History rows={finding.history} />
        </>
      )}
    </Loaded>
  );
}

function Facts({ finding }: { finding: FindingType }) {
  const t = useTranslate();
  const { facts } = finding;
  const lines: readonly (readonly [string, string | number | null | undefined])[] = [
    [t('health.unit'), finding.unitName],
    [t('health.period'), showPeriod(finding.period, t)],
    [t('health.measure'), t(`health.measures.${finding.rule}`, { count: finding.measure })],
    [t('health.facts.offered'), facts.offered],
    [t('health.facts.months'), facts.months && t('health.facts.months-value', { count: facts.months })],
    [t('health.found'), showInstant(finding.foundAt)],
    [t('health.facts.checked'), showInstant(finding.checkedAt)],
    [t('health.deadline'), showDay(finding.deadline)],
    [t('health.reason'), finding.reason],
    [t('health.evidence'), finding.evidence],
    [t('health.decision-note'), finding.decisionNote],
    [
      t('health.facts.source'),
      finding.verified ? finding.source : `${finding.source} (${t('health.facts.unverified')})`,
    ],
  ];
  return (
    <dl className="facts">
      {lines
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

function Details({ facts }: { facts: FindingType['facts'] }) {
  const t = useTranslate();
  return (
    <>
      {facts.books ? (
        <Table
          caption={t('health.facts.books')}
          rows={facts.books}
          rowKey={(row) => row.book}
          columns={[
            { id: 'book', label: t('health.facts.book'), rowHead: true, cell: (row) => row.name },
            { id: 'in-book', label: t('health.facts.in-book'), numeric: true, cell: (row) => row.inBook },
            { id: 'in-system', label: t('health.facts.in-system'), numeric: true, cell: (row) => row.inSystem },
            {
              id: 'more',
              label: t('health.facts.difference'),
              numeric: true,
              cell: (row) => row.inBook - row.inSystem,
            },
          ]}
        />
      ) : null}
      {facts.states ? (
        <Table
          caption={t('health.facts.states')}
          rows={facts.states}
          rowKey={(row) => row.status}
          columns={[
            { id: 'status', label: t('health.facts.status'), rowHead: true, cell: (row) => row.statusName },
            { id: 'days', label: t('health.facts.threshold'), numeric: true, cell: (row) => row.workingDays },
            { id: 'count', label: t('health.facts.count'), numeric: true, cell: (row) => row.count },
          ]}
        />
      ) : null}
      {facts.dossiers ? (
        <Table
          caption={t('health.facts.dossiers')}
          rows={facts.dossiers}
          rowKey={(row) => row.id}
          columns={[
            {
              id: 'code',
              label: t('health.facts.code'),
              rowHead: true,
              cell: (row) => <DossierLink id={row.id} code={row.code} />,
            },
            { id: 'status', label: t('health.facts.status'), cell: (row) => row.statusName },
            { id: 'since', label: t('health.facts.since'), cell: (row) => showShortInstant(row.since) },
          ]}
        />
      ) : null}
      {facts.procedures ? (
        <Table
          caption={t('health.facts.procedures')}
          rows={facts.procedures}
          rowKey={(row) => row.code}
          columns={[
            { id: 'code', label: t('health.facts.procedure-code'), rowHead: true, cell: (row) => row.code },
            { id: 'name', label: t('health.facts.procedure-name'), cell: (row) => row.name },
          ]}
        />
      ) : null}
    </>
  );
}

function History({ rows }: { rows: FindingType['history'] }) {
  const t = useTranslate();
  return (
    <section aria-labelledby="finding-history">
      <h2 id="finding-history">{t('health.history')}</h2>
      <ol className="plain-list">
        {rows.map((row) => (
          <li key={`${row.at} ${row.kind}`}>
            <strong>{t(`health.kinds.${row.kind}`)}</strong>{' '}
            {[showInstant(row.at), row.who || t('health.by-system')].join(', ')}
            {row.note ? <span className="hint">{row.note}</span> : null}
            {row.evidence ? <span className="hint">{`${t('health.evidence')}: ${row.evidence}`}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
