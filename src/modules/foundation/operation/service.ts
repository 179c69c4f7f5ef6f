import { type Actor, holds } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import type { Clock } from '../../../platform/config/config.ts';
import type { Db, Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../audit/index.ts';
import type { Setting, SystemProbe, TimerState } from './ports.ts';
import { type Finding, type Part, partOf } from './rules/finding.ts';
import { type Run, runFindings } from './rules/run-findings.ts';
import { insertRun, loadLastRuns } from './store.ts';

export type SystemStatus = {
  readonly checkedAt: Date;
  readonly findings: readonly (Finding & { readonly part: Part })[];
  readonly runs: readonly Run[];
  readonly timers: readonly TimerState[];
  readonly settings: readonly Setting[];
  readonly versions: readonly Setting[];
};

export type OperationService = {
  /** Everything the system page shows. What costs (files, mail server) is looked at twice a minute at most. */
  getStatus(actor: Actor): Promise<SystemStatus>;
  retryDeliveries(actor: Actor): Promise<number>;
  /** @throws AppError `mail/not-set` where the installation sends no mail */
  sendTestMail(actor: Actor, to: string): Promise<{ readonly ok: boolean; readonly detail: string }>;
};

const LOOK_AGAIN_MS = 30_000;

/** Notes that a backup or a verification has ended; for the commands, which are processes of their own. */
export async function recordRun(db: Db, run: Run): Promise<void> {
  await insertRun(db, uuidv7(run.endedAt), run);
}

/** @param deps.realClock time of the machine: backups and timers do not live on the day of a demo */
export function createOperationService(deps: {
  readonly db: Pool;
  readonly clock: Clock;
  readonly realClock: Clock;
  readonly probe: SystemProbe;
}): OperationService {
  const { db, clock, realClock, probe } = deps;
  let looked: { readonly at: Date; readonly findings: Promise<readonly Finding[]> } | undefined;

  const requireAdministrator = (actor: Actor): void => {
    if (!holds(actor, 'system.administer')) throw new AppError('access/forbidden');
  };
  const look = (now: Date) => {
    if (!looked || now.getTime() - looked.at.getTime() >= LOOK_AGAIN_MS)
      looked = { at: now, findings: probe.findings() };
    return looked;
  };
  const record = (actor: Actor, action: string, payload: unknown): Promise<void> =>
    recordAudit(db, [
      {
        chainId: INSTALLATION_CHAIN,
        occurredAt: clock.now(),
        actor,
        action,
        object: { type: 'system', id: 'installation' },
        payload,
      },
    ]);

  return {
    async getStatus(actor) {
      requireAdministrator(actor);
      const now = realClock.now();
      const { at, findings } = look(now);
      const [seen, runs, versions] = await Promise.all([findings, loadLastRuns(db), probe.versions()]);
      const all = [...seen, ...runFindings(runs, now)];
      return {
        checkedAt: at,
        findings: all.map((finding) => ({ ...finding, part: partOf(finding.id) })),
        runs,
        timers: probe.timers(),
        settings: probe.settings(),
        versions,
      };
    },

    async retryDeliveries(actor) {
      requireAdministrator(actor);
      const count = await probe.retryDeliveries();
      await record(actor, 'operation.retry-deliveries', { count });
      looked = undefined;
      return count;
    },

    async sendTestMail(actor, to) {
      requireAdministrator(actor);
      const outcome = await probe.sendTestMail(to);
      if (!outcome) throw new AppError('mail/not-set');
      await insertRun(db, uuidv7(clock.now()), { kind: 'test-mail', endedAt: realClock.now(), ...outcome });
      await record(actor, 'operation.test-mail', { to, ok: outcome.ok });
      return outcome;
    },
  };
}
