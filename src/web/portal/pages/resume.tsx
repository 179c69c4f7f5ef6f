import type { ResumeView } from '../../../modules/onestop/portal/rules/filing-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Button } from '../../shared/design/button.tsx';
import { ErrorList, problemOf } from '../../shared/design/error-list.tsx';
import { TextField } from '../../shared/design/field.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { problemTexts } from '../wording.ts';

/** Opens a guest's draft, or what became of it, by its secret code; the code travels in the body only. */
export function ResumePage({ props, ctx }: { props: ResumeView; ctx: PageContext }) {
  const t = useTranslate();
  const problems = problemTexts(t, props.problems);
  return (
    <Layout ctx={ctx} title={t('portal.resume.title')} robots={false}>
      <h1>{t('portal.resume.title')}</h1>
      <ErrorList problems={problems} />
      <p>{t('portal.resume.text')}</p>
      <form method="post" action="/nop-ho-so/tiep-tuc" noValidate>
        <TextField
          id="ma-bi-mat"
          name="ma-bi-mat"
          label={t('portal.resume.code')}
          hint={t('portal.resume.hint')}
          error={problemOf(problems, 'ma-bi-mat')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          code
        />
        <Button>{t('portal.resume.submit')}</Button>
      </form>
      <p>{t('portal.resume.account')}</p>
    </Layout>
  );
}
