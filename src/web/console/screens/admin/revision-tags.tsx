import type { Static } from 'typebox';
import type { RevisionSummary } from '../../../../modules/onestop/procedures/contract.ts';
import { Tag, type TagTone } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';

export type Revision = Static<typeof RevisionSummary>;

const TONES: Partial<Record<string, TagTone>> = { published: 'green', draft: 'blue' };

/** Draft or published, checked against its source or not. */
export function RevisionTags({ revision }: { revision: Pick<Revision, 'status' | 'verified'> }) {
  const t = useTranslate();
  return (
    <>
      <Tag tone={TONES[revision.status] ?? 'grey'}>{t(`console.revision.${revision.status}`)}</Tag>{' '}
      {revision.verified ? null : <Tag tone="amber">{t('console.unverified')}</Tag>}
    </>
  );
}
