import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderStore } from '../adapters/storage/folder.ts';
import { sealOnce, verifyAudit } from '../modules/foundation/audit/index.ts';
import { createFilesService, type FilesService } from '../modules/foundation/files/index.ts';
import { checkLog } from '../modules/onestop/dossiers/testing/check-log.ts';
import {
  ACTOR,
  createWorld,
  SYSTEM,
  staff,
  TO_DECIDED,
  UNIT,
  type World,
} from '../modules/onestop/dossiers/testing/world.ts';
import { createRetentionService, type RetentionService } from '../modules/onestop/retention/index.ts';
import { createRetentionPorts } from './retention-ports.ts';

let world: World;
let files: FilesService;
let retention: RetentionService;
let dir: string;
const rights = { 'data.erase': [UNIT.authority], 'data.dispose': [UNIT.authority], 'data.hold': [UNIT.authority] };
const archivist = staff(31, UNIT.authority, rights);
const leader = staff(32, UNIT.authority, rights);
const stranger = staff(33, UNIT.otherAuthority, {
  'data.erase': [UNIT.otherAuthority],
  'data.dispose': [UNIT.otherAuthority],
  'data.hold': [UNIT.otherAuthority],
});
const REASON = 'Yêu cầu xóa dữ liệu theo quy định';

beforeAll(async () => {
  world = await createWorld();
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-retention-'));
  files = createFilesService({ db: world.db, store: createFolderStore({ dir, key: undefined }), clock: world.clock });
  const ports = createRetentionPorts({
    organisation: { staffNames: world.ports.staffNames },
    procedures: { getRevision: world.ports.getProcedureRevision as never },
    files,
  });
  retention = createRetentionService({ db: world.db, clock: world.clock, ports });
});
afterAll(async () => {
  await world.drop();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** A dossier handed over, with a file and a notice. */
async function ended(): Promise<{ id: string; code: string }> {
  const { id, code } = await world.receive();
  for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
  await world.act(ACTOR.desk, id, { kind: 'hand-over', method: 'desk', receiver: null });
  await world.service.page(ACTOR.head, id);
  await world.db.transaction().execute(async (trx) => {
    const made = { content: Buffer.from(`giấy tờ ${id}`), name: 'can-cuoc.pdf', mime: 'application/pdf' };
    await files.attachMade(trx, SYSTEM, made, { type: 'dossier', id }, 'component');
    await sql`insert into notifications.message (id, recipient, channel, to_address, subject, body, template, dossier_id, dedupe_key,
        created_at, status) values (${id}, ${`dossier:${id}`}, 'email', 'nguoi.dan@example.vn', 'Đã tiếp nhận', 'Kính gửi Ông/Bà', 't', ${id},
        ${id}, ${world.clock.now()}, 'waiting')`.execute(trx);
  });
  return { id, code };
}

async function verifies(): Promise<boolean> {
  while ((await sealOnce(world.db, 5000)) > 0);
  return (await verifyAudit(world.db)).ok;
}

const one = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Error('nothing found');
  return row;
};
const today = () => world.clock.now().toISOString().slice(0, 10);
const approval = () => ({ version: 1, decisionNumber: '12/QĐ-UBND', decisionDay: today() });

describe('erasure', () => {
  test('counts first, changes nothing, and takes somebody else to approve', async () => {
    const { id, code } = await ended();
    const order = { kind: 'erasure', code, scope: 'dossier' } as const;
    const preview = await retention.preview(archivist, order);
    expect(preview.items).toMatchObject([{ dossierId: id, blocking: null }]);
    expect(preview.counts).toMatchObject({ parties: 1, files: 1, messages: 1 });
    expect(preview.counts['audit']).toBeGreaterThan(5);

    const proposed = await retention.propose(archivist, order, REASON);
    await expect(retention.approve(archivist, proposed.id, approval())).rejects.toMatchObject({
      code: 'retention/own-proposal',
    });
    await expect(retention.propose(leader, order, REASON)).rejects.toMatchObject({ code: 'retention/blocked' });
    expect((await files.listOf(world.db, { type: 'dossier', id })).length).toBe(1);
    expect(proposed.mayDecide).toBe(false);
    expect((await retention.decision(leader, proposed.id)).mayDecide).toBe(true);
  });

  test('approved, nothing personal is left anywhere; the trail verifies and the log replays', async () => {
    const { id, code } = await ended();
    expect(await verifies()).toBe(true);
    const proposed = await retention.propose(archivist, { kind: 'erasure', code, scope: 'dossier' }, REASON);
    world.pass(1);
    const done = await retention.approve(leader, proposed.id, approval());
    expect(done).toMatchObject({ status: 'approved', decisionNumber: '12/QĐ-UBND', counts: { files: 1, messages: 1 } });
    expect(await files.listOf(world.db, { type: 'dossier', id })).toEqual([]);
    const { rows } = await sql<{
      t: string;
    }>`select (select string_agg(to_jsonb(m)::text, ' ') from notifications.message m
        where dossier_id = ${id}) || (select string_agg(coalesce(e.payload::text, ''), ' ') from audit.entry e where object_id = ${id}) t`.execute(
      world.db,
    );
    const text = one(rows[0]).t;
    for (const word of ['nguoi.dan@', 'Kính gửi', 'Thử Ánh', '999190000017']) expect(text).not.toContain(word);
    expect(text).toContain('12/QĐ-UBND');
    expect(await verifies()).toBe(true);
    await checkLog(world.db, id);
    expect(await retention.keeping(archivist, id)).toMatchObject({
      erasedBy: { kind: 'erasure', decisionNumber: '12/QĐ-UBND' },
      mayHold: false,
    });
    const again = { kind: 'erasure', code, scope: 'dossier' } as const;
    await expect(retention.propose(archivist, again, REASON)).rejects.toMatchObject({ code: 'retention/blocked' });
    await expect(retention.approve(leader, proposed.id, approval())).rejects.toMatchObject({ code: 'row/stale' });
    const { rows: events } = await sql<{ n: number }>`select count(*)::int n from platform.event
      where topic = 'dossier.erased' and key = ${id}`.execute(world.db);
    expect(one(events[0]).n).toBe(1);
  });

  test('an open dossier is refused, also as one of a person’s', async () => {
    const { code } = await ended();
    const open = await world.receive();
    for (const order of [
      { kind: 'erasure', code: open.code, scope: 'dossier' },
      { kind: 'erasure', code, scope: 'person' },
    ] as const) {
      await expect(retention.propose(archivist, order, REASON)).rejects.toMatchObject({ code: 'retention/blocked' });
    }
    await world.act(ACTOR.officer, open.id, { kind: 'open' });
    const preview = await retention.preview(archivist, { kind: 'erasure', code, scope: 'person' });
    expect(preview.items.find((item) => item.dossierId === open.id)?.blocking).toBe('open');
  });

  test('a foreign dossier is missing, in preview, proposal and decision', async () => {
    const { code } = await ended();
    const order = { kind: 'erasure', code, scope: 'dossier' } as const;
    await expect(retention.preview(stranger, order)).rejects.toMatchObject({ code: 'row/missing' });
    const proposed = await retention.propose(archivist, order, REASON);
    await expect(retention.decision(stranger, proposed.id)).rejects.toMatchObject({ code: 'row/missing' });
    await expect(retention.approve(stranger, proposed.id, approval())).rejects.toMatchObject({ code: 'row/missing' });
    expect((await retention.decisions(stranger, { kind: 'erasure' })).rows).toEqual([]);
    await expect(retention.preview(ACTOR.head, order)).rejects.toMatchObject({ code: 'access/forbidden' });
    const rejected = await retention.reject(archivist, proposed.id, { version: 1, reason: 'Đề nghị nhầm hồ sơ' });
    expect(rejected.status).toBe('rejected');
  });
});

describe('legal hold', () => {
  test('holds dossier and files; nothing is erased until it is lifted', async () => {
    const { id, code } = await ended();
    const order = { kind: 'erasure', code, scope: 'dossier' } as const;
    const proposed = await retention.propose(archivist, order, REASON);
    const held = await retention.hold(leader, id, 'Phục vụ thanh tra theo công văn');
    expect(held.hold?.reason).toBe('Phục vụ thanh tra theo công văn');
    await expect(retention.hold(leader, id, 'Lần thứ hai')).rejects.toMatchObject({ code: 'retention/held' });
    await expect(retention.hold(stranger, id, 'Không phải việc của mình')).rejects.toMatchObject({
      code: 'row/missing',
    });
    await expect(retention.approve(leader, proposed.id, approval())).rejects.toMatchObject({
      code: 'retention/blocked',
    });
    // Refused as a whole: the proposal still waits.
    expect((await retention.decision(leader, proposed.id)).status).toBe('proposed');
    const [file] = await files.listOf(world.db, { type: 'dossier', id });
    expect(file?.legalHold).toBe(true);

    expect((await retention.lift(leader, id, 'Thanh tra đã kết thúc')).hold).toBeNull();
    await expect(retention.lift(leader, id, 'Lần thứ hai')).rejects.toMatchObject({ code: 'retention/not-held' });
    expect((await retention.approve(leader, proposed.id, approval())).status).toBe('approved');
  });
});

describe('disposal', () => {
  test('a dossier is listed after its period, and only a decision disposes of it', async () => {
    const { id } = await ended();
    const kept = await ended();
    while (await retention.listDueOnce());
    expect((await retention.due(archivist, {})).total).toBe(0);
    await expect(retention.propose(archivist, { kind: 'disposal', dossierIds: [id] }, REASON)).rejects.toMatchObject({
      code: 'retention/blocked',
    });

    const { keptUntil } = await retention.keeping(archivist, id);
    world.clock.set(new Date(`${keptUntil}T20:00:00+07:00`));
    while (await retention.listDueOnce());
    expect((await retention.due(archivist, {})).total).toBe(0);
    world.pass(5 * 60);
    while (await retention.listDueOnce());
    const due = await retention.due(archivist, { limit: 200 });
    expect(due.rows.map((row) => row.dossierId)).toEqual(expect.arrayContaining([id, kept.id]));
    expect((await retention.due(stranger, {})).total).toBe(0);

    await retention.hold(leader, kept.id, 'Đang giải quyết khiếu nại');
    const refused = { kind: 'disposal', dossierIds: [id, kept.id] } as const;
    await expect(
      retention.propose(archivist, { ...refused, dossierIds: [...refused.dossierIds] }, REASON),
    ).rejects.toMatchObject({ code: 'retention/blocked', details: { params: { codes: kept.code } } });
    const proposed = await retention.propose(archivist, { kind: 'disposal', dossierIds: [id] }, REASON);
    expect((await retention.due(archivist, { limit: 200 })).rows.find((row) => row.dossierId === id)?.pending).toBe(
      true,
    );
    await retention.approve(leader, proposed.id, approval());
    expect((await retention.due(archivist, { limit: 200 })).rows.map((row) => row.dossierId)).not.toContain(id);
    expect(await retention.keeping(archivist, id)).toMatchObject({ erasedBy: { kind: 'disposal' } });
    expect(await verifies()).toBe(true);
    const { rows } = await sql<{ n: number }>`select count(*)::int n from platform.event
      where topic = 'dossier.disposed' and key = ${id}`.execute(world.db);
    expect(one(rows[0]).n).toBe(1);
  });

  test('a decision day in the future is refused', async () => {
    const { code } = await ended();
    const proposed = await retention.propose(archivist, { kind: 'erasure', code, scope: 'dossier' }, REASON);
    const future = { version: 1, decisionNumber: '1', decisionDay: '2099-01-01' };
    await expect(retention.approve(leader, proposed.id, future)).rejects.toMatchObject({ code: 'request/invalid' });
  });
});
