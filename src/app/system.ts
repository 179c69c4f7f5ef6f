import fs from 'node:fs';
import path from 'node:path';
import { createSmtpMailer } from '../adapters/smtp/mailer.ts';
import { readFilesKey } from '../adapters/storage/encryption.ts';
import { createFolderStore } from '../adapters/storage/folder.ts';
import { dayOf } from '../core/time/index.ts';
import { type AbsenceService, createAbsenceService } from '../modules/foundation/absence/index.ts';
import {
  type AuditService,
  createAuditService,
  createAuditTimers,
  createReadingLog,
  createReadingTimer,
} from '../modules/foundation/audit/index.ts';
import { type CalendarService, createCalendarService } from '../modules/foundation/calendar/index.ts';
import { createFilesService, createFilesTimers, type FilesService } from '../modules/foundation/files/index.ts';
import { createIdentityService, type IdentityService } from '../modules/foundation/identity/index.ts';
import {
  createDossierNotices,
  createNotificationService,
  createNotificationTimers,
  type Mailer,
  type NotificationService,
} from '../modules/foundation/notifications/index.ts';
import {
  createOrganisationService,
  type OrganisationService,
  readRoles,
} from '../modules/foundation/organisation/index.ts';
import { createIndexService, type IndexService } from '../modules/insight/indices/index.ts';
import {
  createClosingTimer,
  createMetricsPages,
  createMetricsService,
  createMetricsSubscriber,
  createMetricsTimer,
  createReadAheadTimer,
  type MetricsPages,
  type MetricsService,
  type VisitPages,
} from '../modules/insight/metrics/index.ts';
import {
  createDesignService,
  createRegisterService,
  createRegisterTimer,
  type DesignService,
  type RegisterService,
  registerValue,
} from '../modules/insight/registers/index.ts';
import {
  type ClientService,
  createAssignTimer,
  createClientService,
  createExchangeService,
  createExchangeSubscriber,
  createFormService,
  createReportService,
  createReportTimer,
  type ExchangeService,
  type FormService,
  type ReportService,
} from '../modules/insight/reports/index.ts';
import { createSurveyService, createSurveyTimers, type SurveyService } from '../modules/insight/surveys/index.ts';
import {
  createTargetContentTimer,
  createTargetReminderTimer,
  createTargetService,
  type TargetService,
} from '../modules/insight/targets/index.ts';
import {
  type ApologyService,
  createApologyService,
  createApologySubscribers,
  createApologyTimers,
} from '../modules/onestop/apologies/index.ts';
import { type BoardService, createBoardService } from '../modules/onestop/boards/index.ts';
import {
  type CalendarPlanService,
  createAssignmentSubscriber,
  createCalendarPlanService,
  createCalendarPlanTimer,
} from '../modules/onestop/calendar-plans/index.ts';
import {
  createDossierService,
  createLedgerReader,
  type DossierPorts,
  type DossierService,
} from '../modules/onestop/dossiers/index.ts';
import {
  createForecastService,
  createForecastSubscriber,
  createForecastTimer,
  type ForecastService,
} from '../modules/onestop/forecast/index.ts';
import {
  createCauseRequestSubscriber,
  createLatenessContext,
  createLatenessService,
  createLatenessSubscriber,
  type LatenessService,
} from '../modules/onestop/lateness/index.ts';
import { createProceduresService, type ProceduresService } from '../modules/onestop/procedures/index.ts';
import {
  createRetentionService,
  createRetentionTimer,
  type RetentionService,
} from '../modules/onestop/retention/index.ts';
import {
  createStatisticsService,
  createStatisticsSubscriber,
  type StatisticsService,
} from '../modules/onestop/statistics/index.ts';
import {
  createUnattendedService,
  createUnattendedTimers,
  type UnattendedService,
} from '../modules/onestop/unattended/index.ts';
import {
  createHealthService,
  createHealthSubscriber,
  createHealthTimer,
  type HealthService,
} from '../modules/onestop/unit-health/index.ts';
import {
  createWarningService,
  createWarningSubscriber,
  createWarningTimers,
  type WarningService,
} from '../modules/onestop/warnings/index.ts';
import { type Clock, type Config, createClock } from '../platform/config/config.ts';
import { type EmbeddedServer, startEmbedded } from '../platform/db/embedded.ts';
import { migrate } from '../platform/db/migrate.ts';
import { openDb, type Pool } from '../platform/db/open.ts';
import { createRenderer, type Renderer } from '../platform/documents/renderer.ts';
import { DISPATCH_BATCH, dispatchOnce, type Subscriber } from '../platform/events/outbox.ts';
import { pruneOnce } from '../platform/events/prune.ts';
import type { Timer } from '../platform/events/timers.ts';
import type { Log } from '../platform/log/log.ts';
import { createApologyPorts } from './apology-ports.ts';
import { createAuditNames } from './audit-names.ts';
import { createBoardPorts } from './board-ports.ts';
import { createDossierPorts } from './dossier-ports.ts';
import { createHealthPorts } from './health-ports.ts';
import { createIndexPorts } from './index-ports.ts';
import { createRatedShare } from './index-ratings.ts';
import { findInstallation, homeUnitsOn, installationSecret } from './installation.ts';
import { createMetricsPorts } from './metrics-ports.ts';
import { createFindNoticeFacts } from './notice-facts.ts';
import { createPlanPorts } from './plan-ports.ts';
import { createResultSource } from './register-results/source.ts';
import { createReportPorts } from './report-ports.ts';
import { createRetentionPorts } from './retention-ports.ts';
import { createCountOpenDossiers, createSuccessionTimer } from './succession.ts';
import { createSurveyPorts } from './survey-ports.ts';
import { createTargetPorts } from './target-ports.ts';
import type { TargetSources } from './target-sources.ts';
import { createUnattendedPorts } from './unattended-ports.ts';
import { createWarningPorts } from './warning-ports.ts';

/** Everything one process is made of. The server, the worker and every command begin here. */
export type System = {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly db: Pool;
  /** Read-only pool for public pages and reports; the main pool where none is configured. */
  readonly readDb: Pool;
  readonly databaseUrl: string;
  readonly embedded: EmbeddedServer | undefined;
  readonly secret: string;
  readonly organisation: OrganisationService;
  readonly absence: AbsenceService;
  readonly calendar: CalendarService;
  readonly procedures: ProceduresService;
  readonly identity: IdentityService;
  readonly audit: AuditService;
  readonly files: FilesService;
  readonly notifications: NotificationService;
  readonly dossiers: DossierService;
  readonly dossierPorts: DossierPorts;
  readonly calendarPlans: CalendarPlanService;
  readonly retention: RetentionService;
  readonly apologies: ApologyService;
  readonly metrics: MetricsService;
  readonly metricsPages: MetricsPages & VisitPages;
  readonly registers: RegisterService;
  readonly registerDesigns: DesignService;
  readonly reports: ReportService;
  readonly surveys: SurveyService;
  readonly indices: IndexService;
  readonly targets: TargetService;
  readonly reportForms: FormService;
  readonly reportExchange: ExchangeService;
  readonly reportClients: ClientService;
  readonly statistics: StatisticsService;
  readonly lateness: LatenessService;
  readonly forecast: ForecastService;
  readonly warnings: WarningService;
  readonly unattended: UnattendedService;
  readonly unitHealth: HealthService;
  readonly boards: BoardService;
  readonly renderer: Renderer;
  /** Undefined where the installation sends no mail. */
  readonly mailer: Mailer | undefined;
  readonly subscribers: readonly Subscriber[];
  readonly timers: readonly Timer[];
  close(): Promise<void>;
};

export type SystemOptions = {
  readonly clock?: Clock;
  /** Leave the embedded server running at the end: another process of ours uses it too. */
  readonly keepDatabase?: boolean;
};

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Starts the database where it is ours, migrates it, and puts the modules together. */
export async function openSystem(config: Config, log: Log, options: SystemOptions = {}): Promise<System> {
  const clock = options.clock ?? createClock(config.clockShiftMs);
  fs.mkdirSync(config.dataDir, { recursive: true });
  const embedded = config.databaseUrl ? undefined : await startEmbedded(path.join(config.dataDir, 'pg18'));
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
  const migrated = await migrate(databaseUrl);
  if (migrated.applied.length > 0) log.info({ applied: migrated.applied }, 'migrations applied');
  const db = openDb(databaseUrl, config.poolSize);
  const readDb = config.databaseReadUrl ? openDb(config.databaseReadUrl, config.poolSize) : db;
  const secret = installationSecret(config);

  const organisation = createOrganisationService({ db, clock, countOpenDossiers: createCountOpenDossiers(db) });
  // An upgrade brings acts that nobody could do before; `motcua migrate` may have run long ago.
  if (await findInstallation(db)) await organisation.loadNewRoles();
  const absence = createAbsenceService({ db, clock, organisation });
  const calendar = createCalendarService({ db, clock, directory: () => organisation.directory() });
  const procedures = createProceduresService({
    db,
    clock,
    catalogueUnits: async () =>
      homeUnitsOn(await organisation.directory(), await findInstallation(db), dayOf(clock.now())),
  });
  const files = createFilesService({
    db,
    store: createFolderStore({ dir: path.join(config.dataDir, 'files'), key: readFilesKey(config.filesKey) }),
    clock,
  });
  const identity = createIdentityService({
    db,
    clock,
    loadGrants: (staffId, at) => absence.loadGrants(staffId, at),
    demoAllowed: config.demo && LOOPBACK.has(config.host),
    secretKey: secret,
    twoFactorPermissions: new Set(readRoles().secondFactor),
  });
  const audit = createAuditService({ db, clock, names: createAuditNames(db, organisation) });
  const readings = createReadingLog(db);
  const notifications = createNotificationService({ db, clock });
  const dossierPorts = createDossierPorts({ organisation, calendar, procedures, files });
  const dossiers = createDossierService({ db, clock, ports: dossierPorts, secret, demo: config.demo, readings });
  const retention = createRetentionService({
    db,
    clock,
    ports: createRetentionPorts({ organisation, procedures, files }),
  });
  const planPorts = createPlanPorts({ dossiers, dossierPorts, calendar, organisation });
  const planContext = { db, clock, ports: planPorts };
  const calendarPlans = createCalendarPlanService(planContext);
  const fontDir = path.join(config.dataDir, 'fonts');
  const renderer = createRenderer({ ...(fs.existsSync(fontDir) ? { fontDirs: [fontDir] } : {}) });
  const mailer = config.smtpUrl ? createSmtpMailer({ url: config.smtpUrl, from: config.mailFrom }) : undefined;
  const apologyContext = {
    db,
    readDb,
    clock,
    ports: createApologyPorts(
      dossierPorts,
      dossiers,
      async (authorityId, day) =>
        (await organisation.directory()).officeOn(authorityId, 'van-thu', day)?.unitId ?? authorityId,
      files,
    ),
    publicUrl: config.publicUrl,
  };
  const apologies = createApologyService(apologyContext);
  const statistics = createStatisticsService({ db: readDb, clock });
  const ledgers = createLedgerReader(dossierPorts, () => clock.now());
  const latenessContext = createLatenessContext({ db, clock, ledgers, ports: dossierPorts });
  const lateness = createLatenessService(latenessContext);
  const forecastContext = { db, clock, ledgers, ports: dossierPorts };
  const warnings = createWarningService({
    db,
    clock,
    log,
    ports: createWarningPorts({ db, organisation, absence, calendar, ports: dossierPorts, ledgers }),
    inboxUrl: `${config.publicUrl}/can-bo/canh-bao`,
  });
  const unitHealth = createHealthService({
    db,
    clock,
    ports: createHealthPorts({
      ports: dossierPorts,
      organisation,
      homeUnits: async (day) => homeUnitsOn(await organisation.directory(), await findInstallation(db), day),
    }),
  });
  const unattended = createUnattendedService({
    db,
    clock,
    log,
    dossiers,
    ports: createUnattendedPorts({ absence, calendar, ports: dossierPorts }),
    listUrl: `${config.publicUrl}/can-bo/vang-mat?phan=ho-so`,
  });
  const metricsContext = {
    db,
    readDb,
    clock,
    directory: () => organisation.directory(),
    ports: createMetricsPorts(readDb, dossierPorts),
  };
  const metrics = createMetricsService(metricsContext);
  const subscribers: Subscriber[] = [
    createStatisticsSubscriber(),
    createWarningSubscriber(),
    createHealthSubscriber(),
    ...createApologySubscribers(apologyContext),
    createAssignmentSubscriber(planContext),
    createLatenessSubscriber(latenessContext),
    createCauseRequestSubscriber(latenessContext),
    createForecastSubscriber(forecastContext),
    // After apologies: a fact tells whether the lateness was answered for.
    createMetricsSubscriber(),
    createExchangeSubscriber(),
    createDossierNotices({
      findNoticeFacts: createFindNoticeFacts(dossierPorts, clock, absence),
      trackingUrl: (code) => `${config.publicUrl}/kiem-tra/${code}`,
    }),
  ];
  const registerPorts = {
    directory: () => organisation.directory(),
    staffNames: dossierPorts.staffNames,
    files,
    results: createResultSource({
      db: readDb,
      directory: () => organisation.directory(),
      metrics,
      indices: () => indices,
      surveys: () => surveys,
    }),
  };
  const registerContext = { db, clock, ports: registerPorts };
  const reportContext = {
    db,
    clock,
    ports: createReportPorts({ db: readDb, organisation, dossierPorts, metrics, files, clock }),
  };
  const sources: TargetSources = {
    registerValue: (of, unitId, span) => registerValue(registerContext, of, unitId, span),
    surveyIndex: (of) => surveys.indexOf(of),
    indexLeague: (query) => indices.league(query),
  };
  const targetPorts = createTargetPorts({
    db,
    clock,
    organisation,
    calendar,
    files,
    dossierPorts,
    sources,
  });
  const targetContext = { db, clock, metrics, ports: targetPorts };
  const targets = createTargetService(targetContext);
  const indexPorts = createIndexPorts({
    db,
    organisation,
    metrics,
    files,
    targets,
    peopleOf: targetPorts.peopleOf,
    sources: {
      ...sources,
      ratingShare: (of) => surveys.ratingShare(of),
      ratedShare: createRatedShare({ db: readDb, clock, organisation }),
      runningSurveys: (of) => surveys.runningIndices(of),
    },
  });
  const surveyContext = {
    db,
    clock,
    ports: createSurveyPorts({ db: readDb, organisation }),
    secret,
    publicUrl: config.publicUrl,
  };
  const surveys = createSurveyService(surveyContext);
  const indices = createIndexService({ db, clock, ports: indexPorts });
  const timers: Timer[] = [
    {
      name: 'events.dispatch',
      everyMs: 300,
      run: async () => (await dispatchOnce(db, subscribers, log)) >= DISPATCH_BATCH,
    },
    { name: 'identity.outlived', everyMs: 3_600_000, run: async () => void (await identity.removeOutlived()) },
    { name: 'events.prune', everyMs: 3_600_000, run: () => pruneOnce(db) },
    ...createAuditTimers({ db }),
    createReadingTimer(readings),
    createRetentionTimer(retention),
    ...createFilesTimers(files),
    ...createNotificationTimers({ db, mailer, log }),
    // An applicant who has not answered by the deadline: the dossier stops, a paper says so (domain §1.5).
    { name: 'dossiers.unanswered', everyMs: 600_000, run: async () => (await dossiers.stopUnanswered()) > 0 },
    ...createApologyTimers(apologies),
    createReportTimer(reportContext),
    createRegisterTimer({ ...registerContext, staffOf: dossierPorts.staffOf }),
    ...createSurveyTimers(surveyContext),
    createAssignTimer(reportContext),
    ...createWarningTimers(warnings),
    ...createUnattendedTimers(unattended),
    createHealthTimer(unitHealth),
    createForecastTimer(forecastContext),
    createCalendarPlanTimer(calendarPlans),
    createMetricsTimer(metricsContext),
    createClosingTimer(metricsContext),
    createReadAheadTimer(metricsContext),
    createTargetContentTimer(targetContext),
    createTargetReminderTimer(targetContext),
    createSuccessionTimer({ db, clock, log, organisation, dossiers }),
  ];
  return {
    config,
    log,
    clock,
    db,
    readDb,
    databaseUrl,
    embedded,
    secret,
    organisation,
    absence,
    calendar,
    procedures,
    identity,
    audit,
    files,
    notifications,
    dossiers,
    dossierPorts,
    calendarPlans,
    apologies,
    metrics,
    metricsPages: createMetricsPages(metricsContext, metrics),
    registers: createRegisterService(registerContext),
    registerDesigns: createDesignService(registerContext),
    reports: createReportService(reportContext),
    surveys,
    indices,
    targets,
    reportForms: createFormService(reportContext),
    reportExchange: createExchangeService(reportContext),
    reportClients: createClientService(reportContext),
    retention,
    statistics,
    lateness,
    forecast: createForecastService(forecastContext),
    warnings,
    unattended,
    unitHealth,
    boards: createBoardService({ db: readDb, clock, ports: createBoardPorts({ ports: dossierPorts, apologies }) }),
    renderer,
    mailer,
    subscribers,
    timers,
    close: async () => {
      await renderer.close();
      // The last half second of readings; where the database is gone already, closing goes on.
      await readings.flush().catch((error: unknown) => log.error({ err: error }, 'readings not written'));
      if (readDb !== db) await readDb.destroy();
      await db.destroy();
      if (embedded && !embedded.adopted && !options.keepDatabase) await embedded.stop();
    },
  };
}
