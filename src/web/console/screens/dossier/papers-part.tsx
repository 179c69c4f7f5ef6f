import { formatTypedDate } from '../../../../core/forms/read-date.ts';
import type { DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay, showInstant } from '../../data/format.ts';
import { LongText } from '../../ui/long-text.tsx';
import { HistoryPart } from './history-part.tsx';

/** Left: who, the form as it reads, the papers with their files, what was asked for, the result. */
export function PapersPart({ page }: { page: DossierPageType }) {
  const t = useTranslate();
  return (
    <div className="dossier__papers">
      <section aria-labelledby="parties-title">
        <h2 id="parties-title">{t('console.dossier.parties')}</h2>
        {page.parties.map((party) => (
          <Party key={`${party.role} ${party.snapshot.fullName} ${party.snapshot.idNumber}`} party={party} />
        ))}
      </section>
      {page.formLines.length > 0 ? (
        <section aria-labelledby="form-title">
          <h2 id="form-title">{t('console.dossier.form')}</h2>
          <dl className="facts">
            {page.formLines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: printed lines never change place
              <FormLine key={index} label={line.label} value={line.value} />
            ))}
          </dl>
        </section>
      ) : null}
      <section aria-labelledby="papers-title">
        <h2 id="papers-title">{t('console.dossier.papers')}</h2>
        <Table
          caption={t('console.dossier.papers')}
          hideCaption
          rows={page.components}
          rowKey={(row) => row.code}
          columns={[
            { id: 'name', label: t('console.dossier.paper'), rowHead: true, cell: (row) => row.name },
            {
              id: 'state',
              label: t('console.dossier.paper-state'),
              cell: (row) =>
                row.provided ? (
                  <Tag tone="green">{t('console.dossier.provided')}</Tag>
                ) : (
                  <Tag tone={row.required ? 'amber' : 'grey'}>
                    {t(row.required ? 'console.dossier.missing' : 'console.dossier.not-provided')}
                  </Tag>
                ),
            },
            {
              id: 'count',
              label: t('console.dossier.paper-count'),
              cell: (row) =>
                row.originals + row.copies === 0
                  ? '—'
                  : t('console.dossier.counts', { originals: row.originals, copies: row.copies }),
            },
            {
              id: 'files',
              label: t('console.dossier.files'),
              cell: (row) => (
                <ul className="plain-list">
                  {row.files.map((file) => (
                    <li key={file.id}>
                      <a href={`/api/dossiers/${page.row.id}/files/${file.id}`} target="_blank" rel="noreferrer">
                        {file.name}
                      </a>
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      </section>
      {page.supplements.length > 0 ? <Supplements page={page} /> : null}
      {page.result ? <Result result={page.result} /> : null}
      <HistoryPart page={page} />
    </div>
  );
}

function FormLine({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value || '—'}</dd>
    </>
  );
}

function Party({ party }: { party: DossierPageType['parties'][number] }) {
  const t = useTranslate();
  const { snapshot } = party;
  const idType = snapshot.idType ? t(`console.paper.${snapshot.idType}`) : t('console.intake.id-number');
  return (
    <>
      <h3>{t(`console.role.${party.role}`)}</h3>
      <Facts
        items={[
          { term: t('console.dossier.name'), value: <strong>{snapshot.fullName}</strong> },
          { term: idType, value: snapshot.idNumber },
          { term: t('console.intake.birth-date'), value: formatTypedDate(snapshot.birthDate ?? '') },
          { term: t('console.intake.phone'), value: snapshot.phone },
          { term: t('console.intake.email'), value: snapshot.email },
          { term: t('console.intake.address'), value: snapshot.address },
        ]}
      />
    </>
  );
}

function Supplements({ page }: { page: DossierPageType }) {
  const t = useTranslate();
  return (
    <section aria-labelledby="supplements-title">
      <h2 id="supplements-title">{t('console.dossier.supplements')}</h2>
      {page.supplements.map((supplement) => (
        <div className="note note--warning" key={supplement.requestedAt}>
          <p>
            <strong>{t('console.dossier.asked-at', { when: showInstant(supplement.requestedAt) })}</strong>{' '}
            {supplement.answeredAt
              ? t('console.dossier.answered-at', { when: showInstant(supplement.answeredAt) })
              : supplement.deadline
                ? t('console.dossier.answer-by', { day: showDay(supplement.deadline) })
                : t('console.dossier.unanswered')}
          </p>
          {supplement.reason ? (
            <div>
              <LongText text={supplement.reason} />
            </div>
          ) : null}
          <ul>
            {supplement.items.map((item) => (
              <li key={`${item.code} ${item.name} ${item.what}`}>
                {item.name}
                {item.what ? `: ${item.what}` : ''}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Result({ result }: { result: NonNullable<DossierPageType['result']> }) {
  const t = useTranslate();
  return (
    <section aria-labelledby="result-title">
      <h2 id="result-title">{t('console.dossier.result')}</h2>
      <Facts
        items={[
          { term: t('console.dossier.result-kind'), value: t(`console.result.${result.kind}`) },
          { term: t('console.dossier.number'), value: result.number },
          { term: t('console.dossier.approved-at'), value: showInstant(result.approvedAt) },
          { term: t('console.dossier.issued-at'), value: showInstant(result.issuedAt) },
        ]}
      />
      <article className="result-text">
        <h3>{result.title}</h3>
        {result.body.split('\n').map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text in their order
          <p key={index}>{line}</p>
        ))}
      </article>
    </section>
  );
}
