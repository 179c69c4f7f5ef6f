import type { ProcedureView } from '../../../modules/onestop/portal/rules/browse-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Note } from '../../shared/design/banner.tsx';
import { Facts, Table } from '../../shared/design/table.tsx';
import { Tag } from '../../shared/design/tag.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import type { Translate } from '../../shared/i18n/translator.ts';
import { FilingOfferBox } from '../filing-offer-box.tsx';
import { Layout } from '../layout.tsx';
import { Paragraphs } from '../paragraphs.tsx';
import { ProcedurePapers } from '../procedure-papers.tsx';
import { dayText, feeAmountText } from '../wording.ts';

export function ProcedurePage({ props, ctx }: { props: ProcedureView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={props.name} description={t('portal.procedure.description', { name: props.name })}>
      <p className="lead">{props.fieldName}</p>
      <h1>{props.name}</h1>
      {props.verified ? null : <Note tone="warning">{t('portal.procedure.unverified')}</Note>}
      <Facts
        items={[
          { term: t('portal.procedure.limit'), value: props.limits[0]?.text ?? t('portal.procedure.no-limit') },
          {
            term: t('portal.procedure.fee'),
            value: props.fees[0] ? feeAmountText(t, props.fees[0].amount) : t('portal.procedure.free'),
          },
          { term: t('portal.procedure.authority'), value: props.authorityText },
          {
            term: t('portal.procedure.channels'),
            value: props.channels.map((c) => t(`portal.channel.${c}`)).join(', '),
          },
          { term: t('portal.procedure.subjects'), value: props.subjectsText },
          { term: t('portal.procedure.code'), value: props.code },
        ]}
      />
      <FilingOfferBox offer={props.offer} code={props.code} byPost={props.channels.includes('post')} />

      <h2 id="giay-to">{t('portal.procedure.papers')}</h2>
      <ProcedurePapers groups={props.componentGroups} online={props.channels.includes('online')} />

      <h2 id="thoi-han">{t('portal.procedure.limits')}</h2>
      <Table
        caption={t('portal.procedure.limits')}
        hideCaption
        rows={props.limits}
        rowKey={(row) => `${scopeText(t, row)} ${row.text}`}
        columns={[
          {
            id: 'scope',
            label: t('portal.procedure.scope'),
            rowHead: true,
            cell: (row) => scopeText(t, row) || t('portal.procedure.every-case'),
          },
          { id: 'text', label: t('portal.procedure.limit'), cell: (row) => row.text },
          { id: 'note', label: t('portal.procedure.note'), cell: (row) => row.note || '—' },
        ]}
      />
      <h3>{t('portal.procedure.steps')}</h3>
      <ol className="steps">
        {props.steps.map((step) => (
          <li key={step.id}>
            {step.name} <span className="hint-inline">({t(`portal.role.${step.role}`)})</span>
            {step.allow ? <span className="line">{step.allow}</span> : null}
          </li>
        ))}
      </ol>

      <h2 id="phi">{t('portal.procedure.fees')}</h2>
      {props.fees.length === 0 ? (
        <p>{t('portal.procedure.free')}</p>
      ) : (
        <Facts
          items={props.fees.map((fee) => ({
            term: fee.name,
            value: (
              <>
                <strong>{feeAmountText(t, fee.amount)}</strong>
                {fee.description ? <Paragraphs text={fee.description} /> : null}
                {fee.exemptions.length > 0 ? (
                  <p>
                    {t('portal.procedure.exempt')}: {fee.exemptions.join('; ')}
                  </p>
                ) : null}
              </>
            ),
          }))}
        />
      )}

      <ProseSections view={props} />

      <h2 id="can-cu">{t('portal.procedure.legal')}</h2>
      <ul>
        {props.legalBases.map((basis) => (
          <li key={basis.code + basis.name}>
            {basis.name} {basis.code && !basis.name.includes(basis.code) ? <Tag>{basis.code}</Tag> : null}
          </li>
        ))}
      </ul>
      <p className="hint-inline">{t('portal.procedure.valid-from', { day: dayText(props.validFrom) })}</p>
      <FilingOfferBox offer={props.offer} code={props.code} byPost={props.channels.includes('post')} />
    </Layout>
  );
}

function ProseSections({ view }: { view: ProcedureView }) {
  const t = useTranslate();
  return (
    <>
      {view.results.length > 0 ? (
        <>
          <h2 id="ket-qua">{t('portal.procedure.results')}</h2>
          <ul>
            {view.results.map((result) => (
              <li key={result.name}>
                {result.name}
                {result.validity ? <span className="line">{result.validity}</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {view.proseSteps.length > 0 ? (
        <>
          <h2 id="trinh-tu">{t('portal.procedure.how')}</h2>
          <ol>
            {view.proseSteps.map((step) => (
              <li key={step.name + step.text}>
                {step.name ? <strong>{step.name}</strong> : null}
                <Paragraphs text={step.text} />
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {view.methods.length > 0 ? (
        <>
          <h2 id="cach-thuc">{t('portal.procedure.methods')}</h2>
          <Facts
            items={view.methods.map((method) => ({
              term: method.channel ? t(`portal.channel.${method.channel}`) : t('portal.procedure.other-way'),
              value: <Paragraphs text={method.text} />,
            }))}
          />
        </>
      ) : null}
      {view.requirements ? (
        <>
          <h2 id="dieu-kien">{t('portal.procedure.requirements')}</h2>
          <Paragraphs text={view.requirements} />
        </>
      ) : null}
    </>
  );
}

/** For whom a limit holds: case, area, channel; empty for all. */
function scopeText(t: Translate, limit: ProcedureView['limits'][number]): string {
  return [
    limit.caseName ?? '',
    limit.area ? t(`portal.area.${limit.area}`) : '',
    limit.channel ? t(`portal.channel.${limit.channel}`) : '',
  ]
    .filter(Boolean)
    .join('; ');
}
