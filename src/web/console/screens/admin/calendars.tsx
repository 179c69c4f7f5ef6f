import { Link } from '@tanstack/react-router';
import { listCalendars } from '../../../../modules/foundation/calendar/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';

/** The working calendars of this installation. */
export default function Calendars() {
  const t = useTranslate();
  const list = useCall(listCalendars, {});
  return (
    <>
      <ScreenHead title={t('console.menu.calendars')} />
      <Loaded query={list}>
        {({ rows }) => (
          <Table
            caption={t('console.menu.calendars')}
            hideCaption
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'name',
                label: t('console.units.name'),
                rowHead: true,
                cell: (row) => (
                  <>
                    <Link to="/quan-tri/lich/$code" params={{ code: row.code }} data-row="">
                      {row.name}
                    </Link>{' '}
                    {row.isDefault ? <Tag tone="green">{t('console.calendars.default')}</Tag> : null}
                  </>
                ),
              },
              { id: 'code', label: t('console.units.code'), cell: (row) => <span className="code">{row.code}</span> },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
