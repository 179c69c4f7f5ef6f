import { useTranslate } from '../../../shared/i18n/context.tsx';
import { PathTabs } from '../../ui/path-tabs.tsx';

const TABS = [
  { to: '/khao-sat', key: 'surveys.tab-surveys' },
  { to: '/khao-sat/phieu', key: 'surveys.tab-forms' },
  { to: '/khao-sat/danh-gia', key: 'surveys.tab-ratings' },
] as const;

/** The three lists of surveys. */
export function SurveyTabs({ at }: { at: (typeof TABS)[number]['to'] }) {
  const t = useTranslate();
  return <PathTabs label={t('surveys.tabs')} tabs={TABS} at={at} />;
}
