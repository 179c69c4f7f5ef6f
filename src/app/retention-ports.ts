import { countErasable, erasePayloads } from '../modules/foundation/audit/index.ts';
import type { FilesService } from '../modules/foundation/files/index.ts';
import { countMessages, eraseMessages } from '../modules/foundation/notifications/index.ts';
import type { OrganisationService } from '../modules/foundation/organisation/index.ts';
import { apologyObjects, countApologyTexts, eraseApologyTexts } from '../modules/onestop/apologies/index.ts';
import { countLatenessNotes, eraseLatenessNotes } from '../modules/onestop/lateness/index.ts';
import type { ProceduresService } from '../modules/onestop/procedures/index.ts';
import type { ErasedPlace, RetentionPorts } from '../modules/onestop/retention/index.ts';

export type RetentionPortDeps = {
  readonly organisation: Pick<OrganisationService, 'staffNames'>;
  readonly procedures: Pick<ProceduresService, 'getRevision'>;
  readonly files: FilesService;
};

/** Fits the doors of other modules to what retention needs. A module that keeps personal data of dossiers adds its place. */
export function createRetentionPorts({ organisation, procedures, files }: RetentionPortDeps): RetentionPorts {
  const owner = (id: string) => ({ type: 'dossier', id });
  const places: readonly ErasedPlace[] = [
    {
      name: 'files',
      async count(db, ids) {
        const lists = await Promise.all(ids.map((id) => files.listOf(db, owner(id))));
        return lists.flat().length;
      },
      async erase(trx, id) {
        const list = await files.listOf(trx, owner(id));
        let erased = 0;
        // A content other dossiers refer to stays; the sweeper takes one nobody refers to a day later.
        for (const file of list) if (await files.erase(trx, file.id)) erased += 1;
        return erased;
      },
    },
    { name: 'messages', count: countMessages, erase: (trx, id) => eraseMessages(trx, id) },
    {
      name: 'apologies',
      count: countApologyTexts,
      async erase(trx, id) {
        for (const object of await apologyObjects(trx, [id]))
          for (const file of await files.listOf(trx, object)) await files.erase(trx, file.id);
        return eraseApologyTexts(trx, id);
      },
    },
    { name: 'lateness', count: countLatenessNotes, erase: (trx, id) => eraseLatenessNotes(trx, id) },
    {
      name: 'audit',
      async count(db, ids) {
        const papers = await apologyObjects(db, ids);
        const ofType = (type: string) => papers.flatMap((one) => (one.type === type ? [one.id] : []));
        const objects = [
          { type: 'dossier', ids },
          ...['apology', 'apology-exemption'].map((type) => ({ type, ids: ofType(type) })),
        ];
        const counts = await Promise.all(objects.map((object) => countErasable(db, object)));
        return counts.reduce((sum, n) => sum + n, 0);
      },
      async erase(trx, id, { actor, reason, at }) {
        let erased = 0;
        for (const object of [owner(id), ...(await apologyObjects(trx, [id]))])
          erased += await erasePayloads(trx, actor, { object }, reason, at);
        return erased;
      },
    },
  ];
  return {
    places,
    async retentionOf(revisionId) {
      const { definition } = await procedures.getRevision(revisionId);
      return { name: definition.name, years: definition.retention.years };
    },
    staffNames: (ids) => organisation.staffNames(ids),
    async holdFiles(trx, id, held) {
      for (const object of [owner(id), ...(await apologyObjects(trx, [id]))])
        await files.setLegalHold(trx, object, held);
    },
  };
}
