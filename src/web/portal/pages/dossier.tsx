import { formatVnd } from '../../../core/text/numbers.ts';
import type { MyDossierView } from '../../../modules/onestop/portal/rules/dossier-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Note } from '../../shared/design/banner.tsx';
import { LinkButton } from '../../shared/design/button.tsx';
import { ErrorList } from '../../shared/design/error-list.tsx';
import { Facts } from '../../shared/design/table.tsx';
import { Tag } from '../../shared/design/tag.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import type { Translate } from '../../shared/i18n/translator.ts';
import { Apologies } from '../apology-box.tsx';
import { RatingForm, RequestForm, WithdrawForm } from '../dossier-forms.tsx';
import { Layout } from '../layout.tsx';
import { Story } from '../story.tsx';
import { dateFacts, instantText, nextText, problemTexts } from '../wording.ts';

/** A dossier for its owner: where it stands, what is asked of her, what was filed, how it went. */
export function DossierPage({ props, ctx }: { props: MyDossierView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.dossier.title', { code: props.code })} robots={false}>
      <p>
        <a href="/ho-so">{t('portal.dossier.back')}</a>
      </p>
      {props.notice ? (
        <Note tone="success">
          <p role="status">{t(`portal.dossier.notice.${props.notice}`)}</p>
        </Note>
      ) : null}
      <ErrorList problems={problemTexts(t, props.problems)} />
      <p className="code">{props.code}</p>
      <h1>{props.procedureName}</h1>
      <p>
        <Tag tone={props.tone}>{props.statusName}</Tag>
      </p>
      <p className="lead">{nextText(t, props.next, props.dates.dueAt)}</p>

      <Apologies rows={props.apologies} />
      {props.request ? <RequestForm view={props} request={props.request} /> : null}
      {props.result ? (
        <section>
          <h2>{t('portal.dossier.result')}</h2>
          <p>
            <strong>{props.result.title}</strong>
            {props.result.number ? (
              <span className="line">
                {t('portal.dossier.result-number', {
                  number: props.result.number,
                  when: instantText(props.result.issuedAt),
                })}
              </span>
            ) : null}
          </p>
          {props.result.href ? (
            <LinkButton href={props.result.href}>{t('portal.dossier.download')}</LinkButton>
          ) : (
            <p>{t('portal.dossier.collect')}</p>
          )}
        </section>
      ) : null}
      {props.rating === 'open' ? <RatingForm view={props} /> : null}
      {props.rating === 'given' ? <Note tone="success">{t('portal.rating.given')}</Note> : null}

      <h2>{t('portal.dossier.facts')}</h2>
      <Facts
        items={[
          { term: t('portal.dossier.received-by'), value: props.receivedByName },
          { term: t('portal.dossier.unit'), value: props.decidedByName },
          ...dateFacts(t, props.dates),
          { term: t('portal.dossier.result-method'), value: t(`portal.result-method.${props.resultMethod}`) },
        ]}
      />
      {props.slips.length > 0 ? (
        <ul>
          {props.slips.map((slip) => (
            <li key={slip.href}>
              <a href={slip.href}>{slip.title}</a>
            </li>
          ))}
        </ul>
      ) : null}
      <h2>{t('portal.dossier.story')}</h2>
      <Story lines={props.story} />
      <FiledContent view={props} />
      {props.mayWithdraw ? <WithdrawForm view={props} /> : null}
    </Layout>
  );
}

function FiledContent({ view }: { view: MyDossierView }) {
  const t = useTranslate();
  return (
    <>
      <h2>{t('portal.dossier.papers')}</h2>
      {view.papers.length === 0 ? <p>{t('portal.dossier.no-papers')}</p> : null}
      <ul>
        {view.papers.map((paper) => (
          <li key={paper.name}>
            {paper.name}
            {paper.files.map((file) => (
              <span className="line" key={file.href}>
                <a href={file.href}>{file.name}</a>
              </span>
            ))}
          </li>
        ))}
      </ul>
      {view.fees.length > 0 ? (
        <>
          <h2>{t('portal.dossier.fees')}</h2>
          <Facts items={view.fees.map((fee) => ({ term: fee.name, value: feeText(t, fee) }))} />
        </>
      ) : null}
      <details className="details">
        <summary>{t('portal.dossier.form')}</summary>
        <dl className="facts">
          {view.formLines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: labels of repeated groups are alike, lines never move
            <FormLine key={index} label={line.label} value={line.value} />
          ))}
        </dl>
      </details>
    </>
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

function feeText(t: Translate, fee: MyDossierView['fees'][number]): string {
  const amount = fee.amountVnd === null ? t('portal.fee.at-desk') : formatVnd(fee.amountVnd);
  return fee.paidVnd > 0 ? `${amount} (${t('portal.fee.paid', { amount: formatVnd(fee.paidVnd) })})` : amount;
}
