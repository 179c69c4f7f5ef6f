import type { SessionEndedView } from '../../../modules/onestop/portal/rules/dossier-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Note } from '../../shared/design/banner.tsx';
import { ButtonRow, LinkButton } from '../../shared/design/button.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';

/** The session ended while somebody was typing: what became of the text, and how to go on. */
export function SessionEndedPage({ props, ctx }: { props: SessionEndedView; ctx: PageContext }) {
  const t = useTranslate();
  const title = t('portal.session-ended.title');
  return (
    <Layout ctx={{ ...ctx, path: props.returnTo }} title={title} robots={false}>
      <h1>{title}</h1>
      <Note tone={props.kept === 'not' ? 'danger' : 'info'}>
        <p>{t(`portal.session-ended.${props.kept}`)}</p>
        {props.hadFiles ? <p>{t('portal.session-ended.files')}</p> : null}
      </Note>
      <ButtonRow>
        <LinkButton href={`/dang-nhap?tiep=${encodeURIComponent(props.returnTo)}`} newTab={props.kept === 'not'}>
          {t('portal.sign-in')}
        </LinkButton>
        {props.byCode ? (
          <LinkButton href="/nop-ho-so/tiep-tuc" look="secondary">
            {t('portal.session-ended.by-code')}
          </LinkButton>
        ) : null}
      </ButtonRow>
      {props.byCode ? <p className="hint-inline">{t('portal.session-ended.by-code-text')}</p> : null}
    </Layout>
  );
}
