import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../shell-route.ts';

// One entry per screen: the file of a screen is loaded when it is first opened. To add a screen: write
// `screens/<name>.tsx` with a default export, add its route here, and its menu entry in `menu.ts`.
const parent = { getParentRoute: () => shellRoute };

/** All screens behind sign-in. */
export const screenRoutes = [
  createRoute({ ...parent, path: '/', component: lazyRouteComponent(() => import('./home.tsx')) }),
  createRoute({ ...parent, path: '/lanh-dao', component: lazyRouteComponent(() => import('./overview/overview.tsx')) }),
  createRoute({ ...parent, path: '/cong-viec', component: lazyRouteComponent(() => import('./inbox/inbox.tsx')) }),
  createRoute({ ...parent, path: '/tiep-nhan', component: lazyRouteComponent(() => import('./intake/intake.tsx')) }),
  createRoute({ ...parent, path: '/ho-so', component: lazyRouteComponent(() => import('./dossiers/dossiers.tsx')) }),
  createRoute({ ...parent, path: '/ho-so/$id', component: lazyRouteComponent(() => import('./dossier/dossier.tsx')) }),
  createRoute({ ...parent, path: '/tim-kiem', component: lazyRouteComponent(() => import('./dossiers/search.tsx')) }),
  createRoute({ ...parent, path: '/canh-bao', component: lazyRouteComponent(() => import('./warnings/warnings.tsx')) }),
  createRoute({
    ...parent,
    path: '/quan-tri/thang-canh-bao',
    component: lazyRouteComponent(() => import('./admin/ladders.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/xin-loi',
    component: lazyRouteComponent(() => import('./apologies/apologies.tsx')),
  }),
  createRoute({ ...parent, path: '/so-lieu', component: lazyRouteComponent(() => import('./metrics/metrics.tsx')) }),
  createRoute({ ...parent, path: '/so-lieu/buoc', component: lazyRouteComponent(() => import('./metrics/steps.tsx')) }),
  createRoute({ ...parent, path: '/du-bao', component: lazyRouteComponent(() => import('./forecast/forecast.tsx')) }),
  createRoute({ ...parent, path: '/tre-han', component: lazyRouteComponent(() => import('./lateness/lateness.tsx')) }),
  createRoute({
    ...parent,
    path: '/bang-dieu-hanh',
    component: lazyRouteComponent(() => import('./boards/board.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/so-theo-doi',
    component: lazyRouteComponent(() => import('./boards/register.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/suc-khoe-don-vi',
    component: lazyRouteComponent(() => import('./unit-health/findings.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/suc-khoe-don-vi/so-giay',
    component: lazyRouteComponent(() => import('./unit-health/books.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/suc-khoe-don-vi/truc-tuyen',
    component: lazyRouteComponent(() => import('./unit-health/zero-online.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/suc-khoe-don-vi/$id',
    component: lazyRouteComponent(() => import('./unit-health/finding.tsx')),
  }),
  createRoute({ ...parent, path: '/vang-mat', component: lazyRouteComponent(() => import('./absence/absence.tsx')) }),
  createRoute({
    ...parent,
    path: '/thiet-ke-so',
    component: lazyRouteComponent(() => import('./register-designs/designs.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/thiet-ke-so/$id',
    component: lazyRouteComponent(() => import('./register-designs/design.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/bieu-mau-bao-cao',
    component: lazyRouteComponent(() => import('./report-forms/forms.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/bieu-mau-bao-cao/$id',
    component: lazyRouteComponent(() => import('./report-forms/form.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/khoa-lay-bao-cao',
    component: lazyRouteComponent(() => import('./reports/keys.tsx')),
  }),
  createRoute({ ...parent, path: '/chi-tieu', component: lazyRouteComponent(() => import('./targets/targets.tsx')) }),
  createRoute({
    ...parent,
    path: '/chi-tieu/$id',
    component: lazyRouteComponent(() => import('./targets/target.tsx')),
  }),
  createRoute({ ...parent, path: '/chi-so', component: lazyRouteComponent(() => import('./indices/rounds.tsx')) }),
  createRoute({
    ...parent,
    path: '/chi-so/xep-hang',
    component: lazyRouteComponent(() => import('./indices/league.tsx')),
  }),
  createRoute({ ...parent, path: '/chi-so/bo', component: lazyRouteComponent(() => import('./indices/sets.tsx')) }),
  createRoute({
    ...parent,
    path: '/chi-so/bo/$code',
    component: lazyRouteComponent(() => import('./indices/set.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/chi-so/dot/$id',
    component: lazyRouteComponent(() => import('./indices/round.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/chi-so/phieu/$id',
    component: lazyRouteComponent(() => import('./indices/sheet.tsx')),
  }),
  createRoute({ ...parent, path: '/bao-cao', component: lazyRouteComponent(() => import('./reports/reports.tsx')) }),
  createRoute({
    ...parent,
    path: '/bao-cao/$id',
    component: lazyRouteComponent(() => import('./reports/report.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/so-nhap-tay',
    component: lazyRouteComponent(() => import('./registers/registers.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/so-nhap-tay/$id',
    component: lazyRouteComponent(() => import('./registers/register.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/so-nhap-tay/$id/nhap-tep',
    component: lazyRouteComponent(() => import('./registers/import.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/khao-sat',
    component: lazyRouteComponent(() => import('./surveys/surveys.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/khao-sat/phieu',
    component: lazyRouteComponent(() => import('./surveys/forms.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/khao-sat/phieu/$id',
    component: lazyRouteComponent(() => import('./surveys/form.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/khao-sat/danh-gia',
    component: lazyRouteComponent(() => import('./surveys/ratings.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/khao-sat/$id',
    component: lazyRouteComponent(() => import('./surveys/survey.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/khao-sat/$id/nhap',
    component: lazyRouteComponent(() => import('./surveys/entry.tsx')),
  }),
  createRoute({ ...parent, path: '/thong-bao', component: lazyRouteComponent(() => import('./notices.tsx')) }),
  createRoute({ ...parent, path: '/tai-khoan', component: lazyRouteComponent(() => import('./account/account.tsx')) }),
  createRoute({
    ...parent,
    path: '/quan-tri/he-thong',
    component: lazyRouteComponent(() => import('./admin/system.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/don-vi',
    component: lazyRouteComponent(() => import('./admin/units.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/don-vi/$id',
    component: lazyRouteComponent(() => import('./admin/unit.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/ke-thua',
    component: lazyRouteComponent(() => import('./admin/succession.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/can-bo',
    component: lazyRouteComponent(() => import('./admin/staff-list.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/can-bo/$id',
    component: lazyRouteComponent(() => import('./admin/staff.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/vai-tro',
    component: lazyRouteComponent(() => import('./admin/roles.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/tai-khoan',
    component: lazyRouteComponent(() => import('./admin/accounts.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/nhat-ky',
    component: lazyRouteComponent(() => import('./admin/audit.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/tieu-huy',
    component: lazyRouteComponent(() => import('./retention/disposal.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/xoa-du-lieu',
    component: lazyRouteComponent(() => import('./retention/erasure.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/gui-thong-bao',
    component: lazyRouteComponent(() => import('./admin/deliveries.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/thu-tuc',
    component: lazyRouteComponent(() => import('./admin/procedures.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/thu-tuc/$code',
    component: lazyRouteComponent(() => import('./admin/procedure.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/lich',
    component: lazyRouteComponent(() => import('./admin/calendars.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/lich/ke-hoach',
    component: lazyRouteComponent(() => import('./calendar-plans/plans.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/lich/ke-hoach/$id',
    component: lazyRouteComponent(() => import('./calendar-plans/plan.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/lich/$code',
    component: lazyRouteComponent(() => import('./admin/calendar.tsx')),
  }),
  createRoute({
    ...parent,
    path: '/quan-tri/chua-kiem-tra',
    component: lazyRouteComponent(() => import('./admin/unverified.tsx')),
  }),
] as const;
