import type { AuditNames } from '../modules/foundation/audit/index.ts';
import { authorityName, type OrganisationService } from '../modules/foundation/organisation/index.ts';
import { findKeeping, findKeepingByCode } from '../modules/onestop/dossiers/index.ts';
import type { Pool } from '../platform/db/open.ts';

const CODE = /^[0-9A-Z.]+-\d{6}-\d+$/;

/** Fits the doors of organisation and dossiers to what the trail's readers need: names beside ids. */
export function createAuditNames(db: Pool, organisation: OrganisationService): AuditNames {
  return {
    staff: (ids) => organisation.staffNames(ids),
    async units(ids) {
      const units = await organisation.directory();
      return new Map(
        ids.flatMap((id) => {
          const unit = units.historyOf(id).at(-1);
          return unit ? [[id, unit.type === 'administrative' ? authorityName(unit.name) : unit.name] as const] : [];
        }),
      );
    },
    dossierCodes: async (ids) =>
      ids.length === 0 ? new Map() : new Map((await findKeeping(db, ids)).map(({ id, code }) => [id, code])),
    async findDossierId(text) {
      const code = text.trim().toUpperCase();
      return CODE.test(code) ? (await findKeepingByCode(db, code))?.id : undefined;
    },
    findStaff: (unitIds, q) => organisation.findStaffByName(unitIds, q),
  };
}
