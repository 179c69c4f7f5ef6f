import { listRoles } from '../../../../modules/foundation/organisation/contract.ts';
import { Table } from '../../../shared/design/table.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';

/** Roles and what each may do: content of this installation (content/roles.yaml). */
export default function Roles() {
  const t = useTranslate();
  const roles = useCall(listRoles, {});
  return (
    <>
      <ScreenHead title={t('console.menu.roles')} />
      <Loaded query={roles}>
        {({ rows }) => (
          <Table
            caption={t('console.menu.roles')}
            hideCaption
            rows={rows}
            rowKey={(row) => row.code}
            columns={[
              { id: 'name', label: t('console.staff.role'), rowHead: true, cell: (row) => row.name },
              { id: 'code', label: t('console.units.code'), cell: (row) => <span className="code">{row.code}</span> },
              { id: 'reach', label: t('console.staff.reach'), cell: (row) => t(`console.reach.${row.reach}`) },
              {
                id: 'permissions',
                label: t('console.staff.permissions'),
                cell: (row) => (
                  <ul className="plain-list">
                    {row.permissions.map((permission) => (
                      <li key={permission.code}>{permission.name}</li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
