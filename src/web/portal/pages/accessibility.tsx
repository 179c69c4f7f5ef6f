import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { Paragraphs } from '../paragraphs.tsx';

const sections = ['what', 'how', 'limits', 'help'] as const;

/** What the portal does for people who read, hear or move differently, and where it still falls short. */
export function AccessibilityPage({ props, ctx }: { props: { updated: string }; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.accessibility.title')}>
      <h1>{t('portal.accessibility.title')}</h1>
      {sections.map((section) => (
        <section key={section}>
          <h2>{t(`portal.accessibility.${section}.title`)}</h2>
          <Paragraphs text={t(`portal.accessibility.${section}.text`)} />
        </section>
      ))}
      <p className="hint-inline">{t('portal.accessibility.updated', { day: props.updated })}</p>
    </Layout>
  );
}
