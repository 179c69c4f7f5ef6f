import { type Me, mayDo } from '../session.ts';

/** One entry of the side menu; shown to those who hold the permission anywhere (to all staff without one). */
export interface MenuEntry {
  /** Path of a screen's route, without the console's base. */
  to: string;
  labelKey: string;
  permission?: string;
  /** Every page below the path needs the same permission. */
  withPagesBelow?: true;
}

const menu: readonly (readonly MenuEntry[])[] = [
  [
    { to: '/lanh-dao', labelKey: 'overview.menu', permission: 'board.read' },
    { to: '/cong-viec', labelKey: 'console.menu.inbox', permission: 'dossier.read' },
    { to: '/tiep-nhan', labelKey: 'console.menu.intake', permission: 'dossier.receive' },
    { to: '/ho-so', labelKey: 'console.menu.dossiers', permission: 'dossier.read' },
    { to: '/canh-bao', labelKey: 'warnings.menu', permission: 'dossier.read' },
    { to: '/du-bao', labelKey: 'forecast.menu', permission: 'dossier.read' },
    { to: '/tre-han', labelKey: 'lateness.menu', permission: 'board.read' },
    { to: '/bang-dieu-hanh', labelKey: 'boards.menu', permission: 'board.read' },
    { to: '/so-theo-doi', labelKey: 'boards.register.menu', permission: 'register.print' },
    { to: '/suc-khoe-don-vi', labelKey: 'health.menu', permission: 'board.read' },
    { to: '/so-lieu', labelKey: 'metrics.menu', permission: 'metrics.read', withPagesBelow: true },
    { to: '/chi-tieu', labelKey: 'targets.menu', permission: 'targets.read', withPagesBelow: true },
    { to: '/chi-so', labelKey: 'indices.menu', permission: 'indices.read', withPagesBelow: true },
    { to: '/bao-cao', labelKey: 'reports.menu', permission: 'report.read', withPagesBelow: true },
    { to: '/khao-sat', labelKey: 'surveys.menu', permission: 'surveys.read', withPagesBelow: true },
    { to: '/so-nhap-tay', labelKey: 'registers.menu', permission: 'registers.read', withPagesBelow: true },
    { to: '/tim-kiem', labelKey: 'console.menu.search', permission: 'dossier.search' },
    { to: '/xin-loi', labelKey: 'console.menu.apologies', permission: 'dossier.read' },
  ],
  [
    { to: '/quan-tri/he-thong', labelKey: 'console.menu.system', permission: 'system.administer' },
    { to: '/quan-tri/don-vi', labelKey: 'console.menu.units', permission: 'organisation.edit' },
    { to: '/quan-tri/ke-thua', labelKey: 'console.menu.succession', permission: 'organisation.edit' },
    { to: '/quan-tri/can-bo', labelKey: 'console.menu.staff', permission: 'staff.edit' },
    { to: '/quan-tri/vai-tro', labelKey: 'console.menu.roles', permission: 'staff.edit' },
    { to: '/quan-tri/tai-khoan', labelKey: 'console.menu.accounts', permission: 'account.manage' },
    { to: '/quan-tri/thu-tuc', labelKey: 'console.menu.procedures', permission: 'procedure.read' },
    { to: '/quan-tri/lich', labelKey: 'console.menu.calendars', permission: 'calendar.edit' },
    { to: '/quan-tri/lich/ke-hoach', labelKey: 'console.menu.calendar-plans', permission: 'calendar.plan' },
    { to: '/quan-tri/thang-canh-bao', labelKey: 'warnings.menu-ladders', permission: 'warning.edit' },
    { to: '/thiet-ke-so', labelKey: 'designer.menu', permission: 'registers.design', withPagesBelow: true },
    { to: '/bieu-mau-bao-cao', labelKey: 'reports.forms.menu', permission: 'report.design', withPagesBelow: true },
    { to: '/khoa-lay-bao-cao', labelKey: 'reports.keys.menu', permission: 'system.administer' },
    { to: '/quan-tri/nhat-ky', labelKey: 'console.menu.audit', permission: 'audit.read' },
    { to: '/quan-tri/tieu-huy', labelKey: 'console.menu.disposal', permission: 'data.dispose' },
    { to: '/quan-tri/xoa-du-lieu', labelKey: 'console.menu.erasure', permission: 'data.erase' },
    { to: '/quan-tri/gui-thong-bao', labelKey: 'console.menu.deliveries', permission: 'notification.read-log' },
    { to: '/quan-tri/chua-kiem-tra', labelKey: 'console.menu.unverified', permission: 'system.administer' },
  ],
  [
    { to: '/vang-mat', labelKey: 'absence.menu' },
    { to: '/thong-bao', labelKey: 'console.menu.notices' },
    { to: '/tai-khoan', labelKey: 'console.menu.account' },
  ],
];

/** The side menu for somebody, in groups that are separated by a line. */
export function menuFor(me: Me | null | undefined): MenuEntry[][] {
  return menu
    .map((group) => group.filter((entry) => entry.permission === undefined || mayDo(me, entry.permission)))
    .filter((group) => group.length > 0);
}

/**
 * The entry of a screen the person may not use, also for pages below it where they need the same permission; undefined
 * for open screens and for pages of no entry.
 */
export function closedEntry(me: Me | null | undefined, path: string): MenuEntry | undefined {
  if (!me) return undefined;
  const place = path.replace(/\/+$/, '');
  const entry = menu
    .flat()
    .find(({ to, withPagesBelow }) => to === place || (withPagesBelow === true && place.startsWith(`${to}/`)));
  return entry?.permission === undefined || mayDo(me, entry.permission) ? undefined : entry;
}
