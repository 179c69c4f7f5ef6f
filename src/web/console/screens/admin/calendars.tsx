import { Link } from '@tanstack/react-router';
import {
  getCalendarDefinition,
  listCalendarRevisions,
  listCalendars,
} from '../../../../modules/foundation/calendar/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { PublishCalendar } from './publish-calendar.tsx';

/** The working calendars of this installation. */
export default function Calendars() {
  const t = useTranslate();
  const me = useMe();
  const list = useCall(listCalendars, {});
  return (
    <>
      <ScreenHead title={t('console.menu.calendars')} />
      <Loaded query={list}>
        {({ rows }) => (
          <>
            {mayDo(me, 'calendar.edit') ? (
              <Disclosure label={t('console.calendar-edit.add')}>
                {(close) => (
                  <AddCalendar code={rows.find((row) => row.isDefault)?.code ?? rows[0]?.code ?? ''} close={close} />
                )}
              </Disclosure>
            ) : null}
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
              ]}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

/** A calendar of its own, beginning as a copy of the given one. */
function AddCalendar({ code, close }: { code: string; close: () => void }) {
  const revisions = useCall(listCalendarRevisions, { params: { code } });
  return (
    <Loaded query={revisions}>
      {({ rows }) => <CopyOf id={rows.find((row) => row.supersededAt === null)?.id ?? ''} close={close} />}
    </Loaded>
  );
}

function CopyOf({ id, close }: { id: string; close: () => void }) {
  const revision = useCall(getCalendarDefinition, { params: { id } }, { enabled: id !== '' });
  return (
    <Loaded query={revision}>
      {({ definition }) => <PublishCalendar initial={definition} close={close} onDone={() => {}} />}
    </Loaded>
  );
}
