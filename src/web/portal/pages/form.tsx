import type { FormPageView } from '../../../modules/onestop/portal/rules/form-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { formProblems } from '../../shared/forms/binding.ts';
import { SectionFields } from '../../shared/forms/form-fields.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { FORM_ID_PREFIX, WizardPage } from '../wizard-frame.tsx';

/** One section of a form: one question or one small group. */
export function FormPage({ props, ctx }: { props: FormPageView; ctx: PageContext }) {
  const t = useTranslate();
  const { section, errors } = props;
  const hasFiles = section.nodes.some((node) => node.kind === 'field' && node.field.type === 'file');
  return (
    <WizardPage
      ctx={ctx}
      frame={props.frame}
      fieldProblems={formProblems(errors, FORM_ID_PREFIX)}
      heading={section.section.title}
      help={section.section.help}
      multipart={hasFiles}
      autosave={!hasFiles}
    >
      {props.filedAs ? <p>{t('portal.filing.filed-as', { name: props.filedAs })}</p> : null}
      <SectionFields
        section={section}
        binding={{ idPrefix: FORM_ID_PREFIX, errors, unitsUrl: props.unitsUrl, listHeading: 2 }}
      />
    </WizardPage>
  );
}
