import { listUnverifiedContent } from '../../../../modules/foundation/reference/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';

/** Legal content nobody has yet checked against its source: what an administrator must look at before relying on it. */
export default function Unverified() {
  const t = useTranslate();
  const list = useCall(listUnverifiedContent, {});
  // `/timeLimits/0` → “Thời hạn giải quyết 1”; members without a word of their own keep their name.
  const placeInWords = (place: string): string =>
    place
      .split('/')
      .filter(Boolean)
      .map((part) => {
        if (/^\d+$/.test(part)) return String(Number(part) + 1);
        const word = t(`console.place.${part}`);
        return word.startsWith('console.') ? part : word;
      })
      .join(' ');
  return (
    <>
      <ScreenHead title={t('console.menu.unverified')} />
      <p>{t('console.unverified-list.text')}</p>
      <Loaded query={list}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState title={t('console.unverified-list.empty')} />
          ) : (
            <>
              <p role="status">{t('console.pager.total', { count: total })}</p>
              <Table
                caption={t('console.menu.unverified')}
                hideCaption
                rows={rows}
                rowKey={(row) => `${row.file} ${row.place}`}
                columns={[
                  {
                    id: 'label',
                    label: t('console.unverified-list.what'),
                    rowHead: true,
                    cell: (row) => row.label || placeInWords(row.place) || row.document,
                  },
                  { id: 'source', label: t('console.calendars.source'), cell: (row) => row.source },
                  {
                    id: 'place',
                    label: t('console.unverified-list.place'),
                    cell: (row) => (
                      <>
                        {[row.document, placeInWords(row.place)].filter(Boolean).join(', ')}{' '}
                        <span className="hint code">{row.file}</span>
                      </>
                    ),
                  },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}
