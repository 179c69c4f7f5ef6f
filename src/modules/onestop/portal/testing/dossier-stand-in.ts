import { sql } from 'kysely';
import { actorRef } from '../../../../core/access/actor.ts';
import { uuidv7 } from '../../../../core/ids/uuid.ts';
import type { Clock } from '../../../../platform/config/config.ts';
import type { Db } from '../../../../platform/db/open.ts';
import { AppError } from '../../../../platform/errors/app-error.ts';
import type { DossierPort, OnlineFiling, OwnDossier, OwnerAccess } from '../ports.ts';

type Kept = { dossier: OwnDossier; owner: string; filing: OnlineFiling };
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n');

/** Keeps dossiers in memory as the dossiers module would for the portal: same key, same dossier; owners only. */
export function createDossierStandIn(clock: Clock, db: Db) {
  const kept = new Map<string, Kept>();
  const byKey = new Map<string, string>();
  let number = 0;

  function getOwned(access: OwnerAccess, id: string): Kept {
    const found = kept.get(id);
    const proven = 'provenDossierId' in access && access.provenDossierId === id;
    if (!found || (!proven && found.owner !== actorRef(access.actor))) throw new AppError('row/missing');
    return found;
  }
  const change = (id: string, next: Partial<OwnDossier>): void => {
    const found = kept.get(id);
    if (found) kept.set(id, { ...found, dossier: { ...found.dossier, ...next } });
  };
  const checked = (access: OwnerAccess, id: string, version: number): Kept => {
    const found = getOwned(access, id);
    if (found.dossier.version !== version) throw new AppError('row/stale');
    return found;
  };
  const open = (access: OwnerAccess, id: string) => {
    getOwned(access, id);
    return { name: 'tep.pdf', mime: 'application/pdf', size: PDF.length, content: PDF };
  };

  const port: DossierPort = {
    async file(actor, filing, key, also) {
      const earlier = kept.get(byKey.get(key) ?? '');
      if (earlier) return earlier.dossier;
      number++;
      const id = uuidv7(clock.now());
      const code = `H17.32.05-261120-${String(number).padStart(4, '0')}`;
      const dossier: OwnDossier = {
        id,
        version: 1,
        code,
        procedureName: filing.procedureCode,
        unitName: 'UBND xã Hiệp Đức',
        receivedByName: 'TTPVHCC',
        status: 'submitted',
        submittedAt: clock.now(),
        receivedAt: null,
        dueAt: null,
        endedAt: null,
        returnedAt: null,
        resultMethod: filing.resultMethod,
        formLines: [],
        components: [],
        fees: [],
        slips: [],
        story: [{ seq: 1, at: clock.now(), text: 'Đã nộp hồ sơ', note: null }],
        request: null,
        commands: ['withdraw'],
        result: null,
        rating: null,
      };
      for (const each of also(dossier)) await each.insert(sql`true`).execute(db);
      kept.set(id, { dossier, owner: actorRef(actor), filing });
      byKey.set(key, id);
      return dossier;
    },
    async listOwn(actor) {
      return {
        rows: [...kept.values()].filter((one) => one.owner === actorRef(actor)).map(({ dossier }) => dossier),
        nextCursor: null,
      };
    },
    getOwn: async (access, id) => getOwned(access, id).dossier,
    async answer(access, id, version) {
      checked(access, id, version);
      change(id, { version: version + 1, status: 'submitted', request: null, commands: ['withdraw'] });
    },
    async withdraw(access, id, version) {
      checked(access, id, version);
      change(id, { version: version + 1, status: 'withdrawn', commands: [] });
    },
    async rate(access, id, score) {
      getOwned(access, id);
      change(id, { rating: score });
    },
    openFile: async (access, id) => open(access, id),
    openSlip: async (access, id) => open(access, id),
    openResult: async (access, id) => open(access, id),
    findPublic: async (code) => [...kept.values()].find(({ dossier }) => dossier.code === code)?.dossier,
    async follow(_actor, code, digits) {
      const found = [...kept.values()].find(({ dossier }) => dossier.code === code);
      const facts = found?.filing.parties.flatMap(({ snapshot }) =>
        [snapshot.idNumber, snapshot.phone].flatMap((text) => [text?.slice(-4), text]),
      );
      return found && facts?.includes(digits) ? found.dossier : undefined;
    },
  };
  return { port, kept, change };
}
