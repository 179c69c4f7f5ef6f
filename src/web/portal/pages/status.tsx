import { LinkButton } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import type { PageContext } from '../page-context.ts';

/** Pages for what went wrong: missing or forbidden (same words), too fast, expired, broken, maintenance. */
export interface StatusProps {
  kind: 'not-found' | 'bad-request' | 'sign-in' | 'too-many' | 'conflict' | 'error' | 'maintenance';
  /** What exactly, in Vietnamese, from the error registry. */
  detail?: string;
  reference?: string;
}

export function StatusPage({ props, ctx }: { props: StatusProps; ctx: PageContext }) {
  const t = useTranslate();
  const title = t(`portal.status.${props.kind}.title`);
  return (
    <Layout ctx={ctx} title={title} robots={false}>
      <h1>{title}</h1>
      <p className="lead">{props.detail ?? t(`portal.status.${props.kind}.text`)}</p>
      {props.reference ? (
        <p>
          {t('ui.state.reference')}: <span className="code">{props.reference}</span>
        </p>
      ) : null}
      <div className="button-row">
        {props.kind === 'sign-in' ? (
          <LinkButton href={`/dang-nhap?ve=${encodeURIComponent(ctx.path)}`}>{t('portal.sign-in')}</LinkButton>
        ) : null}
        <LinkButton href="/" look="secondary">
          {t('portal.status.home')}
        </LinkButton>
      </div>
    </Layout>
  );
}
