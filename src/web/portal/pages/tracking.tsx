import type { CheckCodeView, TrackedView, TrackingView } from '../../../modules/onestop/portal/rules/dossier-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { ErrorList } from '../../shared/design/error-list.tsx';
import { Facts } from '../../shared/design/table.tsx';
import { Tag } from '../../shared/design/tag.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Apologies } from '../apology-box.tsx';
import { FollowFields } from '../follow-fields.tsx';
import { Layout } from '../layout.tsx';
import { Story } from '../story.tsx';
import { dateFacts, nextText, problemTexts } from '../wording.ts';

/** Asks for the code and a second fact; both travel in the body of a POST, never in an address. */
export function TrackingPage({ props, ctx }: { props: TrackingView; ctx: PageContext }) {
  const t = useTranslate();
  const problems = problemTexts(t, props.problems);
  const codeHint = props.example
    ? t('portal.tracking.code-example', { example: props.example })
    : t('portal.tracking.code-hint');
  return (
    <Layout ctx={ctx} title={t('portal.tracking.title')}>
      <h1>{t('portal.tracking.title')}</h1>
      <ErrorList problems={problems} />
      <p>{t('portal.tracking.text')}</p>
      <form method="post" action="/tra-cuu" noValidate>
        <FollowFields code={props.code} codeHint={codeHint} problems={problems} />
        <Button>{t('portal.tracking.submit')}</Button>
      </form>
      <p>
        <a href="/ho-so/khach">{t('portal.tracking.guest')}</a>
      </p>
    </Layout>
  );
}

/** What somebody with the code and the second fact sees: the way of the dossier, no name. */
export function TrackedPage({ props, ctx }: { props: TrackedView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.tracked.title', { code: props.code })} robots={false}>
      <h1>{t('portal.tracked.title', { code: props.code })}</h1>
      <p className="lead">{props.procedureName}</p>
      <p>
        <Tag tone={props.tone}>{props.statusName}</Tag>
      </p>
      <p>
        <strong>{nextText(t, props.next, props.dates.dueAt)}</strong>
      </p>
      <Apologies rows={props.apologies} />
      <Facts items={[{ term: t('portal.dossier.unit'), value: props.unitName }, ...dateFacts(t, props.dates)]} />
      <h2>{t('portal.dossier.story')}</h2>
      <Story lines={props.story} />
      <p>
        <a href="/tra-cuu">{t('portal.tracked.other')}</a>
      </p>
    </Layout>
  );
}

/** Where the QR code of a slip leads. */
export function CheckCodePage({ props, ctx }: { props: CheckCodeView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.check-code.title')} robots={false}>
      <h1>{t('portal.check-code.title')}</h1>
      {props.found ? (
        <>
          <p>{t('portal.check-code.found')}</p>
          <Facts
            items={[
              { term: t('portal.tracking.code'), value: <span className="code">{props.code}</span> },
              { term: t('portal.dossier.procedure'), value: props.procedureName },
              { term: t('portal.dossier.unit'), value: props.unitName },
              { term: t('portal.dossier.status'), value: <Tag tone={props.tone}>{props.statusName}</Tag> },
              ...dateFacts(t, props.dates),
            ]}
          />
          <p>{t('portal.check-code.compare')}</p>
        </>
      ) : (
        <p>{t('portal.check-code.missing', { code: props.code })}</p>
      )}
      <p>
        <a href="/tra-cuu">{t('portal.check-code.follow')}</a>
      </p>
    </Layout>
  );
}
