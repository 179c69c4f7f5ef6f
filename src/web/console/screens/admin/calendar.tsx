import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { getCalendarDefinition, listCalendarRevisions } from '../../../../modules/foundation/calendar/contract.ts';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useFilters } from '../../data/filters.ts';
import { showDay } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { CalendarView } from './calendar-view.tsx';
import { PlanHint } from './plan-hint.tsx';
import { PublishCalendar } from './publish-calendar.tsx';

/** One calendar: its revisions, the hours and days of one of them, and a new one to publish. */
export default function Calendar() {
  const t = useTranslate();
  const me = useMe();
  const { code = '' } = useParams({ strict: false });
  const [filters] = useFilters();
  const [published, setPublished] = useState(false);
  const revisions = useCall(listCalendarRevisions, { params: { code } });
  return (
    <>
      <ScreenHead title={t('console.calendars.title', { code })}>
        <Link to="/quan-tri/lich">{t('console.calendars.back')}</Link>
      </ScreenHead>
      <Loaded query={revisions}>
        {({ rows }) => {
          const inForce = rows.filter((row) => row.supersededAt === null);
          const shown = rows.find((row) => row.id === filters.ban) ?? inForce.at(-1) ?? rows[0];
          if (!shown) return <EmptyState title={t('console.calendars.none')} />;
          return (
            <>
              <Table
                caption={t('console.procedures.revisions')}
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'from',
                    label: t('console.from'),
                    rowHead: true,
                    cell: (row) => (
                      <Link
                        to="/quan-tri/lich/$code"
                        params={{ code }}
                        search={{ ban: row.id } as never}
                        aria-current={row.id === shown.id ? 'true' : undefined}
                        activeProps={{}}
                      >
                        {showDay(row.validFrom)}
                      </Link>
                    ),
                  },
                  {
                    id: 'to',
                    label: t('console.to'),
                    cell: (row) => showDay(row.validTo) || t('console.units.open-end'),
                  },
                  {
                    id: 'source',
                    label: t('console.calendars.source'),
                    cell: (row) => (
                      <>
                        {row.source} {row.verified ? null : <Tag tone="amber">{t('console.unverified')}</Tag>}{' '}
                        {row.supersededAt ? <Tag>{t('console.calendars.superseded')}</Tag> : null}
                      </>
                    ),
                  },
                ]}
              />
              {published ? <PlanHint /> : null}
              <Revision
                key={shown.id}
                id={shown.id}
                code={code}
                canEdit={mayDo(me, 'calendar.edit')}
                onPublished={() => setPublished(true)}
              />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Revision({
  id,
  code,
  canEdit,
  onPublished,
}: {
  id: string;
  code: string;
  canEdit: boolean;
  onPublished: () => void;
}) {
  const t = useTranslate();
  const revision = useCall(getCalendarDefinition, { params: { id } });
  return (
    <Loaded query={revision}>
      {({ definition }) => (
        <>
          {canEdit ? (
            <Disclosure label={t('console.calendars.new')}>
              {(close) => <PublishCalendar code={code} initial={definition} close={close} onDone={onPublished} />}
            </Disclosure>
          ) : null}
          <CalendarView definition={definition} />
        </>
      )}
    </Loaded>
  );
}
