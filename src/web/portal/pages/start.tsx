import type { StartView } from '../../../modules/onestop/portal/rules/filing-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Note } from '../../shared/design/banner.tsx';
import { Button, ButtonRow, LinkButton } from '../../shared/design/button.tsx';
import { ErrorList, problemOf } from '../../shared/design/error-list.tsx';
import { RadioField, SelectField } from '../../shared/design/field.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { problemTexts } from '../wording.ts';

/** First page of filing: as whom, at which desk, which case. */
export function StartPage({ props, ctx }: { props: StartView; ctx: PageContext }) {
  const t = useTranslate();
  const heading = t('portal.start.heading');
  const back = `/nop-ho-so?thu-tuc=${encodeURIComponent(props.procedureCode)}`;
  const problems = problemTexts(t, props.problems);
  const mayFile = props.signedIn || props.guest;
  return (
    <Layout ctx={ctx} title={t('portal.filing.title', { heading, procedure: props.procedureName })} robots={false}>
      {props.training ? <Note tone="warning">{t('portal.offer.training')}</Note> : null}
      <p>
        <a href={`/thu-tuc/${encodeURIComponent(props.procedureCode)}`}>{t('portal.start.back')}</a>
      </p>
      <ErrorList problems={problems} />
      <p className="hint-inline">{props.procedureName}</p>
      <h1>{heading}</h1>
      {props.signedIn ? null : (
        <Note>
          <p>{props.guest ? t('portal.start.sign-in-better') : t('portal.start.sign-in-needed')}</p>
          <p>
            <LinkButton
              href={`/dang-nhap?tiep=${encodeURIComponent(back)}`}
              look={props.guest ? 'secondary' : 'primary'}
            >
              {t('portal.sign-in')}
            </LinkButton>
          </p>
        </Note>
      )}
      {mayFile ? (
        <form method="post" action="/nop-ho-so" noValidate>
          <input type="hidden" name="thu-tuc" value={props.procedureCode} />
          <DeskField view={props} error={problemOf(problems, 'noi-nhan')} />
          {props.cases.length > 1 ? (
            <RadioField
              id="truong-hop"
              name="truong-hop"
              label={t('portal.start.case')}
              value={props.caseId}
              options={props.cases}
              error={problemOf(problems, 'truong-hop')}
            />
          ) : null}
          <ButtonRow>
            <Button>{props.signedIn ? t('portal.start.submit') : t('portal.start.submit-guest')}</Button>
          </ButtonRow>
        </form>
      ) : null}
      <p>
        <a href="/nop-ho-so/tiep-tuc">{t('portal.start.resume')}</a>
      </p>
    </Layout>
  );
}

function DeskField({ view, error }: { view: StartView; error: string | undefined }) {
  const t = useTranslate();
  const only = view.desks.length === 1 ? view.desks[0] : undefined;
  if (only) {
    return (
      <>
        <input type="hidden" name="noi-nhan" value={only.value} />
        <p>
          {t('portal.start.desk-only')}: <strong>{only.label}</strong>
        </p>
      </>
    );
  }
  return (
    <SelectField
      id="noi-nhan"
      name="noi-nhan"
      label={t('portal.start.desk')}
      hint={t('portal.start.desk-hint')}
      value={view.deskId}
      options={[{ value: '', label: t('portal.start.desk-choose') }, ...view.desks]}
      error={error}
    />
  );
}
