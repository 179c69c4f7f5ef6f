import { useTranslate } from '../../../shared/i18n/context.tsx';
import { PathTabs } from '../../ui/path-tabs.tsx';

const TABS = [
  { to: '/chi-so', key: 'indices.tab-rounds' },
  { to: '/chi-so/xep-hang', key: 'indices.tab-league' },
  { to: '/chi-so/bo', key: 'indices.tab-sets' },
] as const;

/** The three lists of indices. */
export function IndexTabs({ at }: { at: (typeof TABS)[number]['to'] }) {
  const t = useTranslate();
  return <PathTabs label={t('indices.tabs')} tabs={TABS} at={at} />;
}
