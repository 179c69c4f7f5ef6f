import { sql } from 'kysely';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import { uuidv7 } from '../../../core/ids/uuid.ts';
import { addDays, type Day, isDay } from '../../../core/time/index.ts';
import type { Clock } from '../../../platform/config/config.ts';
import { isDuplicate, type Pool } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { INSTALLATION_CHAIN, recordAudit } from '../../foundation/audit/index.ts';
import { type CatalogueUnits, requireProcedurePermission } from './permission.ts';

export type LocalFee = {
  readonly id: string;
  readonly feeId: string;
  readonly amountVnd: number;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly decision: string;
};

export type LocalFees = {
  /** Amounts in force on a day by fee id, for `computeFees`. Other processes' changes show within five seconds. */
  localAmounts(code: string, day: Day): Promise<Readonly<Record<string, number>>>;
  listLocalFees(code: string): Promise<readonly LocalFee[]>;
  /**
   * Sets an amount from a day on; the amount before it ends the day before. Dossiers already received keep theirs.
   * @throws AppError `request/invalid` for a bad day or amount, `row/duplicate` where a later amount is already set.
   */
  setLocalFee(
    actor: Actor,
    code: string,
    fee: { feeId: string; amountVnd: number; validFrom: Day; decision: string },
  ): Promise<string>;
};

const KEEP_MS = 5_000;

/** Fees the province sets: read on every intake, hence kept in memory for a moment. */
export function createLocalFees({
  db,
  clock,
  catalogueUnits,
}: {
  readonly db: Pool;
  readonly clock: Clock;
  readonly catalogueUnits: CatalogueUnits;
}): LocalFees {
  const kept = new Map<string, { readonly rows: readonly LocalFee[]; readonly until: number }>();

  const list = async (code: string): Promise<readonly LocalFee[]> => {
    const { rows } =
      await sql<LocalFee>`select id, fee_id "feeId", amount_vnd "amountVnd", valid_from "validFrom", valid_to "validTo", decision
      from procedures.local_fee where procedure_code = ${code} order by fee_id, valid_from desc`.execute(db);
    return rows;
  };

  return {
    listLocalFees: list,
    async localAmounts(code, day) {
      const now = performance.now();
      let known = kept.get(code);
      if (!known || known.until < now) {
        known = { rows: await list(code), until: now + KEEP_MS };
        if (kept.size > 2000) kept.clear();
        kept.set(code, known);
      }
      const inForce = known.rows.filter((fee) => fee.validFrom <= day && (fee.validTo === null || day <= fee.validTo));
      return Object.fromEntries(inForce.map((fee) => [fee.feeId, fee.amountVnd]));
    },
    async setLocalFee(actor, code, { feeId, amountVnd, validFrom, decision }) {
      await requireProcedurePermission(catalogueUnits, actor, 'procedure.publish');
      if (!isDay(validFrom) || !Number.isSafeInteger(amountVnd) || amountVnd < 0 || decision.trim() === '') {
        throw new AppError('request/invalid');
      }
      const now = clock.now();
      const id = uuidv7(now);
      try {
        await db.transaction().execute(async (trx) => {
          await sql`update procedures.local_fee set valid_to = ${addDays(validFrom, -1)} where procedure_code = ${code} and fee_id = ${feeId}
            and valid_from < ${validFrom} and (valid_to is null or valid_to >= ${validFrom})`.execute(trx);
          await sql`insert into procedures.local_fee (id, procedure_code, fee_id, amount_vnd, valid_from, decision, recorded_at, recorded_by)
            values (${id}, ${code}, ${feeId}, ${amountVnd}, ${validFrom}, ${decision.trim()}, ${now}, ${actorRef(actor)})`.execute(
            trx,
          );
          await recordAudit(trx, [
            {
              chainId: INSTALLATION_CHAIN,
              occurredAt: now,
              actor,
              action: 'procedure.set-fee',
              object: { type: 'procedure', id: code },
              payload: { feeId, amountVnd, validFrom, decision },
            },
          ]);
        });
      } catch (error) {
        const overlaps = error instanceof Error && 'code' in error && error.code === '23P01';
        if (overlaps || isDuplicate(error)) throw new AppError('row/duplicate');
        throw error;
      }
      kept.delete(code);
      return id;
    },
  };
}
