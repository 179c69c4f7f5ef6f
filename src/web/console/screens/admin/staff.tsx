import { Link, useParams } from '@tanstack/react-router';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { createAccount, searchAccounts } from '../../../../modules/foundation/identity/contract.ts';
import { endGrant, endPosition, getStaff, listStaff } from '../../../../modules/foundation/organisation/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { EndByDay } from './end-by-day.tsx';
import { GiveAccount } from './give-account.tsx';
import { AddPosition, EditStaff, GrantRole } from './staff-acts.tsx';
import { StaffHoldings } from './staff-holdings.tsx';

type Staff = ReplyOf<typeof getStaff>;

/** One member of staff: contact, posts (also several at once), roles with their reach and days. */
export default function StaffScreen() {
  const { id = '' } = useParams({ strict: false });
  const staff = useCall(getStaff, { params: { id } });
  const t = useTranslate();
  return (
    <Loaded query={staff} title={t('console.staff.title')}>
      {(data) => <StaffView staff={data} />}
    </Loaded>
  );
}

function StaffView({ staff }: { staff: Staff }) {
  const t = useTranslate();
  const me = useMe();
  const until = (day: string | null) => (day ? showDay(day) : t('console.units.open-end'));
  return (
    <>
      <ScreenHead title={staff.fullName}>
        <Link to="/quan-tri/can-bo">{t('console.staff.back')}</Link>
      </ScreenHead>
      <EditStaff key={staff.version} staff={staff} />
      {mayDo(me, 'account.manage') ? (
        <Disclosure label={t('console.accounts.create')}>
          {(close) => (
            <GiveAccount
              onCreate={(login) => call(createAccount, { body: { login, staffId: staff.id } })}
              reads={[searchAccounts]}
              close={close}
            />
          )}
        </Disclosure>
      ) : null}
      <h2>{t('console.staff.positions')}</h2>
      <StaffHoldings staffId={staff.id} />
      <Table
        caption={t('console.staff.positions')}
        hideCaption
        rows={staff.positions}
        rowKey={(row) => row.id}
        columns={[
          { id: 'title', label: t('console.staff.position'), rowHead: true, cell: (row) => row.title },
          { id: 'unit', label: t('console.dossiers.unit'), cell: (row) => row.unitName },
          {
            id: 'main',
            label: t('console.staff.main'),
            cell: (row) => t(row.main ? 'console.staff.main' : 'console.staff.concurrent'),
          },
          { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
          { id: 'to', label: t('console.to'), cell: (row) => until(row.validTo) },
          {
            id: 'end',
            label: t('console.staff.end-position'),
            cell: (row) =>
              row.validTo === null ? (
                <EndByDay
                  id={row.id}
                  label={t('console.staff.end-position')}
                  end={(lastDay) => call(endPosition, { params: { id: row.id }, body: { lastDay } })}
                  reads={[getStaff, listStaff]}
                />
              ) : null,
          },
        ]}
      />
      <Disclosure label={t('console.staff.add-position')}>
        {(close) => <AddPosition staffId={staff.id} close={close} />}
      </Disclosure>
      <h2>{t('console.staff.roles')}</h2>
      <Table
        caption={t('console.staff.roles')}
        hideCaption
        rows={staff.grants}
        rowKey={(row) => row.id}
        columns={[
          { id: 'role', label: t('console.staff.role'), rowHead: true, cell: (row) => row.roleName },
          { id: 'unit', label: t('console.dossiers.unit'), cell: (row) => row.unitName },
          { id: 'reach', label: t('console.staff.reach'), cell: (row) => t(`console.reach.${row.reach}`) },
          { id: 'from', label: t('console.from'), cell: (row) => showDay(row.validFrom) },
          { id: 'to', label: t('console.to'), cell: (row) => until(row.validTo) },
          { id: 'reason', label: t('console.action.reason'), cell: (row) => row.reason ?? '' },
          {
            id: 'end',
            label: t('console.staff.end-grant'),
            cell: (row) =>
              row.validTo === null ? (
                <EndByDay
                  id={row.id}
                  label={t('console.staff.end-grant')}
                  end={(lastDay) => call(endGrant, { params: { id: row.id }, body: { lastDay } })}
                  reads={[getStaff]}
                />
              ) : null,
          },
        ]}
      />
      <Disclosure label={t('console.staff.grant')}>
        {(close) => <GrantRole staffId={staff.id} close={close} />}
      </Disclosure>
    </>
  );
}
