import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderStore } from '../adapters/storage/folder.ts';
import { recordAudit, sealOnce, verifyAudit } from '../modules/foundation/audit/index.ts';
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

    const proposed = await retention.propose(archivist, order, REASON, 'khoa');
    // A repeat whose answer got lost gets the same proposal; without the key the dossier is taken already.
    expect((await retention.propose(archivist, order, REASON, 'khoa')).id).toBe(proposed.id);
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

describe('texts of modules beside the dossier', () => {
  const SECRET = 'Thử Ánh đang nằm viện';

  test('reasons of apologies and exemptions, notes of lateness and their trail go; days, numbers and causes stay', async () => {
    const { id, code } = await ended();
    const other = await ended();
    const ids = { apology: crypto.randomUUID(), withdrawn: crypto.randomUUID(), exemption: crypto.randomUUID() };
    const at = world.clock.now();
    const tables = [
      'apologies.apology',
      'apologies.exemption',
      'lateness.part',
      'lateness.decision',
      'lateness.cause_request',
    ];
    await world.db.transaction().execute(async (trx) => {
      const unit = sql`${UNIT.authority}::uuid`;
      for (const [apologyId, state, why] of [
        [ids.apology, 'sent', null],
        [ids.withdrawn, 'withdrawn', 'dossier-ended'],
      ] as const)
        await sql`insert into apologies.apology (id, dossier_id, kind, state, dossier_code, procedure_code, procedure_revision_id,
            authority_unit_id, received_by_unit_id, unit_id, due_original, due_before, reason_code, reason, origin, created_at, slip,
            number, withdraw_reason, withdrawn_by)
          values (${apologyId}, ${id}, 'apology', ${state}, ${code}, '1.0', ${id}, ${unit}, ${unit}, ${unit}, ${at}, ${at}, 'xac-minh',
            ${SECRET}, 'person', ${at}, ${JSON.stringify({ recipient: SECRET })}::jsonb, '01/PXL-UBND', ${why},
            ${why && 'system:apologies'})`.execute(trx);
      await sql`insert into apologies.delivery (apology_id, channel, state, unit_id, queued_at, note)
        values (${ids.apology}, 'paper', 'sent', ${unit}, ${at}, ${SECRET})`.execute(trx);
      await sql`insert into apologies.exemption (id, dossier_id, dossier_code, state, authority_unit_id, unit_id, due_at, reason,
          evidence, requested_by, requested_at, decision_note)
        values (${ids.exemption}, ${id}, ${code}, 'refused', ${unit}, ${unit}, ${at}, ${SECRET}, ${SECRET}, 'staff:1', ${at}, ${SECRET})`.execute(
        trx,
      );
      for (const dossierId of [id, other.id]) {
        await sql`insert into lateness.attribution (dossier_id, code, procedure_code, received_by_unit_id, decided_by_unit_id, ended_at,
            lateness_minutes, computed_at) values (${dossierId}, ${code}, '1.0', ${unit}, ${unit}, ${at}, 60, ${at})`.execute(
          trx,
        );
        await sql`insert into lateness.part (dossier_id, seq, kind, minutes, held_minutes, overrun_minutes, cause_code, note)
          values (${dossierId}, 1, 'step', 60, 60, 60, 'xac-minh', ${SECRET})`.execute(trx);
        const parts = JSON.stringify([{ seq: 1, minutes: 60, causeCode: 'xac-minh', note: SECRET }]);
        await sql`insert into lateness.decision (id, dossier_id, kind, part_seq, at, actor, reason, before, after)
          values (${crypto.randomUUID()}, ${dossierId}, 'corrected', 1, ${at}, 'staff:1', ${SECRET}, ${parts}::jsonb, ${parts}::jsonb)`.execute(
          trx,
        );
        await sql`insert into lateness.cause_request (id, dossier_id, code, rung, subject, unit_id, decided_by_unit_id, requested_at,
            deadline, cause_code, note)
          values (${crypto.randomUUID()}, ${dossierId}, ${code}, 'late', 'dossier', ${unit}, ${unit}, ${at}, ${at}, 'xac-minh', ${SECRET})`.execute(
          trx,
        );
      }
      const acted = (type: string, objectId: string) => ({
        chainId: UNIT.authority,
        occurredAt: at,
        actor: ACTOR.officer,
        action: 'apology.propose',
        object: { type, id: objectId },
        payload: { reason: SECRET },
      });
      await recordAudit(trx, [acted('apology', ids.apology), acted('apology-exemption', ids.exemption)]);
    });
    const textOf = async (dossierId: string): Promise<string> => {
      const parts = sql.join(
        tables.map(
          (table) => sql`select to_jsonb(t)::text x from ${sql.table(table)} t where dossier_id = ${dossierId}::uuid`,
        ),
        sql` union all `,
      );
      const { rows } = await sql<{ t: string }>`select string_agg(x, ' ') t from (${parts}
        union all select to_jsonb(d)::text from apologies.delivery d join apologies.apology a on a.id = d.apology_id
          where a.dossier_id = ${dossierId}::uuid
        union all select payload::text from audit.entry where object_id in (${ids.apology}, ${ids.exemption}) and payload is not null) s`.execute(
        world.db,
      );
      return one(rows[0]).t;
    };
    expect(await verifies()).toBe(true);

    const order = { kind: 'erasure', code, scope: 'dossier' } as const;
    const before = await retention.preview(archivist, order);
    expect(before.counts).toMatchObject({ apologies: 4, lateness: 3 });
    const proposed = await retention.propose(archivist, order, REASON);
    const done = await retention.approve(leader, proposed.id, approval());
    expect(done.counts).toMatchObject({ apologies: 4, lateness: 3 });
    const left = await textOf(id);
    expect(left).not.toContain(SECRET);
    for (const kept of ['01/PXL-UBND', 'dossier-ended', 'xac-minh', '"minutes": 60']) expect(left).toContain(kept);
    expect(await textOf(other.id)).toContain(SECRET);
    expect(await verifies()).toBe(true);
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
