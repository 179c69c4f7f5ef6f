import type { AccountView, DisplayView, SignInView } from '../../../modules/onestop/portal/rules/dossier-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Note } from '../../shared/design/banner.tsx';
import { Button, LinkButton } from '../../shared/design/button.tsx';
import { RadioField } from '../../shared/design/field.tsx';
import { Facts } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';

/** Who is signed in, as the identity provider told. */
export function AccountPage({ props, ctx }: { props: AccountView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.account.title')} robots={false}>
      <h1>{t('portal.account.title')}</h1>
      <Facts
        items={[
          { term: t('portal.account.name'), value: props.fullName },
          { term: t('portal.account.id-number'), value: props.idNumberMasked },
          { term: t('portal.account.birth'), value: props.birthDate },
          { term: t('portal.account.contact'), value: props.contact },
        ]}
      />
      <p>{t('portal.account.source')}</p>
      <LinkButton href="/ho-so">{t('portal.menu.dossiers')}</LinkButton>
    </Layout>
  );
}

/** Choice of how to sign in. */
export function SignInPage({ props, ctx }: { props: SignInView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.sign-in')} robots={false}>
      <h1>{t('portal.sign-in')}</h1>
      {props.problem ? <Note tone="danger">{props.problem}</Note> : null}
      <p>{t('portal.sign-in-text')}</p>
      <p>
        <LinkButton href={props.startHref}>{t('portal.sign-in-with', { provider: props.providerName })}</LinkButton>
      </p>
      <p>
        <a href="/can-bo/dang-nhap">{t('portal.sign-in-staff')}</a>
      </p>
    </Layout>
  );
}

/** The reader's own switches; kept in a cookie, nothing personal. */
export function DisplayPage({ props, ctx }: { props: DisplayView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.display.title')}>
      <h1>{t('portal.display.title')}</h1>
      <form method="post" action="/hien-thi">
        <input type="hidden" name="ve" value={props.back} />
        <RadioField
          id="size"
          name="size"
          label={t('portal.display.size')}
          value={props.size}
          options={[
            { value: '', label: t('portal.display.size-normal') },
            { value: 'large', label: t('portal.display.size-large') },
          ]}
        />
        <RadioField
          id="theme"
          name="theme"
          label={t('portal.display.theme')}
          value={props.theme}
          options={[
            { value: '', label: t('portal.display.theme-system') },
            { value: 'light', label: t('portal.display.theme-light') },
            { value: 'dark', label: t('portal.display.theme-dark') },
          ]}
        />
        <RadioField
          id="contrast"
          name="contrast"
          label={t('portal.display.contrast')}
          value={props.contrast}
          options={[
            { value: '', label: t('portal.display.contrast-normal') },
            { value: 'high', label: t('portal.display.contrast-high') },
          ]}
        />
        <Button>{t('portal.display.submit')}</Button>
      </form>
    </Layout>
  );
}
