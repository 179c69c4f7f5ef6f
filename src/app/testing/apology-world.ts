import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { createFolderStore } from '../../adapters/storage/folder.ts';
import type { StaffActor } from '../../core/access/actor.ts';
import { createFilesService } from '../../modules/foundation/files/index.ts';
import type { ApologyContext } from '../../modules/onestop/apologies/context.ts';
import { createApologyService, createApologySubscribers } from '../../modules/onestop/apologies/index.ts';
import type { ApologyService } from '../../modules/onestop/apologies/service.ts';
import { type IntakeBodyType, uploadOwner } from '../../modules/onestop/dossiers/index.ts';
import {
  ACTOR,
  createWorld,
  intakeBody,
  staff,
  UNIT,
  type World,
} from '../../modules/onestop/dossiers/testing/world.ts';
import { createStatisticsSubscriber } from '../../modules/onestop/statistics/index.ts';
import { dispatchOnce } from '../../platform/events/outbox.ts';
import { createLog } from '../../platform/log/log.ts';
import { createApologyPorts } from '../apology-ports.ts';

const at = (...units: string[]): readonly string[] => units;

/** People of the first commune with rights to propose, approve, number, post; and one of the second. */
export const WHO = {
  officer: staff(2, UNIT.office, { 'dossier.process': at(UNIT.office), 'apology.propose': at(UNIT.office) }),
  chairman: staff(5, UNIT.authority, {
    'dossier.approve': at(UNIT.authority, UNIT.office),
    'dossier.reappoint': at(UNIT.authority),
    'apology.approve': at(UNIT.authority),
    'apology.exempt': at(UNIT.authority),
    'board.read': at(UNIT.authority),
  }),
  deputy: staff(9, UNIT.authority, {
    'dossier.approve': at(UNIT.authority),
    'dossier.reappoint': at(UNIT.authority),
    'apology.approve': at(UNIT.authority),
  }),
  clerk: staff(6, UNIT.clerks, { 'dossier.number': at(UNIT.clerks) }),
  desk: staff(1, UNIT.desk, { 'dossier.receive': at(UNIT.desk), 'dossier.hand-over': at(UNIT.desk) }),
  otherOfficer: staff(8, UNIT.otherOffice, {
    'dossier.process': at(UNIT.otherOffice),
    'apology.propose': at(UNIT.otherOffice),
  }),
} as const;

export type ApologyWorld = World & {
  readonly apologies: ApologyService;
  readonly ctx: ApologyContext;
  /** A small PDF the person has uploaded. @returns its id */
  upload(actor: StaffActor, name: string): Promise<string>;
  /** Hands all events over, as the dispatcher does. */
  settle(): Promise<void>;
  /** Sets the clock, in Vietnam: `2023-08-24 09:00`. */
  goTo(wall: string): void;
  /** A received dossier with an applicant who has a mail address or none. */
  receiveFor(more?: { readonly email?: string }): Promise<{ id: string; code: string }>;
  rows(query: string): Promise<readonly Record<string, unknown>[]>;
};

export async function createApologyWorld(): Promise<ApologyWorld> {
  const world = await createWorld();
  const filesDir = fs.mkdtempSync(path.join(os.tmpdir(), 'apology-files-'));
  const files = createFilesService({ db: world.db, store: createFolderStore({ dir: filesDir }), clock: world.clock });
  const ctx: ApologyContext = {
    db: world.db,
    readDb: world.db,
    clock: world.clock,
    ports: createApologyPorts(world.ports, world.service, async () => UNIT.clerks, files),
    publicUrl: 'https://motcua.example.vn',
  };
  const subscribers = [...createApologySubscribers(ctx), createStatisticsSubscriber()];
  const log = createLog('silent');
  return {
    ...world,
    ctx,
    async upload(actor, name) {
      const checked = await files.checkUpload(Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'), {
        name,
      });
      const made = await world.db
        .transaction()
        .execute((trx) => files.attach(trx, actor, checked, uploadOwner(actor), 'component'));
      return made.id;
    },
    async drop() {
      await world.drop();
      fs.rmSync(filesDir, { recursive: true, force: true });
    },
    apologies: createApologyService(ctx),
    async settle() {
      while ((await dispatchOnce(world.db, subscribers, log)) > 0);
    },
    goTo: (wall) => world.clock.set(new Date(`${wall.replace(' ', 'T')}:00+07:00`)),
    async receiveFor({ email } = {}) {
      const body: IntakeBodyType = intakeBody();
      const [owner] = body.parties;
      if (!owner) throw new Error('an owner');
      const parties = [{ ...owner, snapshot: { ...owner.snapshot, ...(email ? { email } : {}) } }];
      return world.service.receiveAtDesk(ACTOR.desk, { ...body, parties });
    },
    rows: async (query) => (await sql.raw<Record<string, unknown>>(query).execute(world.db)).rows,
  };
}
