import type { StatusView } from '../../../modules/onestop/portal/rules/dossier-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { ButtonRow, LinkButton } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';

export function StatusPage({ props, ctx }: { props: StatusView; ctx: PageContext }) {
  const t = useTranslate();
  const form = props.kind === 'bad-request' ? formOf(ctx.path) : undefined;
  const title = t(props.forStaff ? 'portal.status.staff.title' : `portal.status.${props.kind}.title`);
  return (
    <Layout ctx={ctx} title={title} robots={false} bare={props.forStaff === true}>
      <h1>{title}</h1>
      <p className="lead">{props.detail ?? t(`portal.status.${props.kind}.text`)}</p>
      {props.reference ? (
        <p>
          {t('ui.state.reference')}: <span className="code">{props.reference}</span>
        </p>
      ) : null}
      <ButtonRow>
        {props.kind === 'sign-in' ? (
          <LinkButton href={`/dang-nhap?tiep=${encodeURIComponent(ctx.path)}`}>{t('portal.sign-in')}</LinkButton>
        ) : null}
        {props.kind === 'sign-in' && /^\/(nop-ho-so|ho-so)\//.test(ctx.path) ? (
          <LinkButton href="/nop-ho-so/tiep-tuc" look="secondary">
            {t('portal.status.by-code')}
          </LinkButton>
        ) : null}
        {form ? <LinkButton href={form}>{t('portal.status.back')}</LinkButton> : null}
        {props.forStaff ? (
          <LinkButton href="/can-bo/">{t('portal.status.staff.work')}</LinkButton>
        ) : (
          <LinkButton href="/" look="secondary">
            {t('portal.status.home')}
          </LinkButton>
        )}
      </ButtonRow>
    </Layout>
  );
}

/** The page of one's own whose form was refused: the step of the wizard, or the dossier an act was about. */
function formOf(path: string): string | undefined {
  return /^(?:\/nop-ho-so\/[^/]+\/[^/]+|\/ho-so\/[^/]+)/.exec(path)?.[0];
}
