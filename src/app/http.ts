import { registerAbsenceRoutes } from '../modules/foundation/absence/index.ts';
import { registerAuditRoutes } from '../modules/foundation/audit/index.ts';
import { registerCalendarRoutes } from '../modules/foundation/calendar/index.ts';
import { registerIdentityRoutes } from '../modules/foundation/identity/index.ts';
import { registerNotificationRoutes } from '../modules/foundation/notifications/index.ts';
import { createOperationService, registerOperationRoutes } from '../modules/foundation/operation/index.ts';
import { registerOrganisationRoutes } from '../modules/foundation/organisation/index.ts';
import { loadRegimes, registerReferenceRoutes } from '../modules/foundation/reference/index.ts';
import { registerIndexRoutes } from '../modules/insight/indices/index.ts';
import { registerMetricsRoutes } from '../modules/insight/metrics/index.ts';
import { createOverviewService, registerOverviewRoutes } from '../modules/insight/overview/index.ts';
import { registerDesignRoutes, registerRegisterRoutes } from '../modules/insight/registers/index.ts';
import { registerExchangeRoutes, registerReportRoutes } from '../modules/insight/reports/index.ts';
import { registerSurveyRoutes } from '../modules/insight/surveys/index.ts';
import { registerTargetRoutes } from '../modules/insight/targets/index.ts';
import { registerApologyRoutes } from '../modules/onestop/apologies/index.ts';
import { registerBoardRoutes } from '../modules/onestop/boards/index.ts';
import { registerCalendarPlanRoutes } from '../modules/onestop/calendar-plans/index.ts';
import { registerDossierRoutes } from '../modules/onestop/dossiers/index.ts';
import { createExportService, registerExportRoutes } from '../modules/onestop/exports/index.ts';
import { registerForecastRoutes } from '../modules/onestop/forecast/index.ts';
import { registerLatenessRoutes } from '../modules/onestop/lateness/index.ts';
import { registerProcedureRoutes } from '../modules/onestop/procedures/index.ts';
import { registerRetentionRoutes } from '../modules/onestop/retention/index.ts';
import { registerUnattendedRoutes } from '../modules/onestop/unattended/index.ts';
import { registerHealthRoutes } from '../modules/onestop/unit-health/index.ts';
import { registerWarningRoutes } from '../modules/onestop/warnings/index.ts';
import { createClock } from '../platform/config/config.ts';
import type { Timer } from '../platform/events/timers.ts';
import { createHttpApp, type HttpApp } from '../platform/http/app.ts';
import { registerDemoRoute } from './demo/route.ts';
import { registerHealth } from './health.ts';
import { keepReports } from './kept-reports.ts';
import { createSystemProbe } from './operation/probe.ts';
import { createTimerWatch } from './operation/watch-timers.ts';
import { createOverviewPorts } from './overview-ports.ts';
import { registerPortal } from './portal/index.ts';
import { registerStatic } from './static.ts';
import type { System } from './system.ts';

/** The whole HTTP application of a system, not yet listening; `timers` is all the background work of the process. */
export async function createApp(
  system: System,
  state: { readonly closing: boolean } = { closing: false },
): Promise<HttpApp & { readonly timers: readonly Timer[] }> {
  const { config } = system;
  const secure = config.publicUrl.startsWith('https:');
  const app = await createHttpApp({
    log: system.log,
    authenticate: system.identity.authenticate,
    trustProxy: config.trustProxy,
    secure,
  });
  registerHealth(app, system, state);
  await registerStatic(app);
  registerIdentityRoutes(app, system.identity, { secure });
  registerOrganisationRoutes(app, system.organisation);
  registerAbsenceRoutes(app, system.absence);
  registerReferenceRoutes(app, loadRegimes());
  registerCalendarRoutes(app, system.calendar);
  registerAuditRoutes(app, system.audit);
  registerNotificationRoutes(app, system.notifications);
  registerProcedureRoutes(app, system.procedures);
  registerDossierRoutes(app, {
    service: system.dossiers,
    files: system.files,
    renderer: system.renderer,
    db: system.db,
    publicUrl: config.publicUrl,
  });
  registerExportRoutes(
    app,
    createExportService({
      db: system.db,
      clock: system.clock,
      list: system.dossiers.list,
      unitNames: (ids, day) => system.dossierPorts.unitNames([...ids], day),
    }),
  );
  registerRetentionRoutes(app, system.retention);
  registerLatenessRoutes(app, system.lateness);
  registerForecastRoutes(app, system.forecast);
  registerWarningRoutes(app, system.warnings);
  registerUnattendedRoutes(app, system.unattended);
  registerHealthRoutes(app, system.unitHealth);
  registerBoardRoutes(app, system.boards);
  registerExchangeRoutes(app, { exchange: system.reportExchange, clients: system.reportClients });
  registerRegisterRoutes(app, system.registers);
  registerDesignRoutes(app, system.registerDesigns);
  registerReportRoutes(app, { service: keepReports(system), forms: system.reportForms, renderer: system.renderer });
  registerSurveyRoutes(app, { service: system.surveys, renderer: system.renderer });
  registerApologyRoutes(app, { service: system.apologies, renderer: system.renderer, files: system.files });
  registerCalendarPlanRoutes(app, system.calendarPlans);
  registerIndexRoutes(app, { service: system.indices, files: system.files });
  registerMetricsRoutes(app, system.metricsPages);
  registerTargetRoutes(app, { service: system.targets, files: system.files });
  registerOverviewRoutes(app, createOverviewService({ log: system.log, ports: createOverviewPorts(system) }));
  registerDemoRoute(app, system);
  const realClock = createClock(0);
  const watch = createTimerWatch(realClock);
  const { db, clock, mailer } = system;
  const probe = createSystemProbe({
    db,
    config,
    embedded: system.embedded !== undefined,
    mailer,
    timers: watch,
    realClock,
  });
  registerOperationRoutes(app, createOperationService({ db, clock, realClock, probe }));
  const timers = watch.watch([...system.timers, ...(await registerPortal(app, system, secure))]);
  if (process.env['MOTCUA_BENCH'] === '1') {
    const { registerBenchRoute } = await import('./bench-route.ts');
    await registerBenchRoute(app, system.db);
  }
  app.page({ method: 'GET', path: '/api/openapi.json', access: 'public' }, async ({ reply }) =>
    reply.send(app.fastify.swagger()),
  );
  return { ...app, timers };
}
