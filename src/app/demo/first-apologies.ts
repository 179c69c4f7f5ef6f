import { sql } from 'kysely';
import { dayOf } from '../../core/time/index.ts';
import type { System } from '../system.ts';
import { demoHolder } from './demo-staff.ts';

/** How many of the dossiers late in 2023 the demo has apologised for; none of 2022 was. */
const APOLOGIES = 12;
const WORDS = [
  ['cham-xu-ly', 'Phòng chuyên môn thẩm tra chậm so với ngày đã hẹn.'],
  ['qua-tai', 'Hồ sơ tăng nhiều trong tháng, cơ quan bố trí chưa kịp.'],
  ['xac-minh', 'Phải xác minh thêm nơi cư trú trước đây của người nộp.'],
] as const;

type Late = { readonly dossierId: string; readonly authorityId: string; readonly officeId: string };

/**
 * The district's first public apologies, on the demo's own day: for dossiers due and ended late in 2023, each proposed
 * by the office that held it, approved by the leader, numbered by the clerk, through the service live ones go through.
 */
export async function issueFirstApologies(system: System, unitIds: readonly string[]): Promise<void> {
  const { organisation, apologies } = system;
  const day = dayOf(system.clock.now());
  const units = await organisation.directory();
  const holder = (unitId: string, permission: string) => demoHolder(system, unitId, permission);
  const { rows } = await sql<Late>`select dossier_id "dossierId", authority_unit_id "authorityId",
      coalesce(holder_unit_id, authority_unit_id) "officeId" from apologies.duty
    where authority_unit_id = any(${[...unitIds]}::uuid[]) and due_at >= '2023-01-01+07' and ended_at is not null
    order by ended_at desc, dossier_id limit ${APOLOGIES}`.execute(system.db);
  for (const [index, { dossierId, authorityId, officeId }] of rows.entries()) {
    const [reasonCode, reason] = WORDS[index % WORDS.length] ?? WORDS[0];
    const officer = await holder(officeId, 'apology.propose');
    const leader = await holder(authorityId, 'apology.approve');
    const clerk = await holder(units.officeOn(authorityId, 'van-thu', day)?.unitId ?? authorityId, 'dossier.number');
    const { id, version } = await apologies.propose(officer, { dossierId, reasonCode, reason, newDueDay: null });
    const approved = await apologies.approve(leader, id, version);
    await apologies.issue(clerk, id, approved.version);
  }
}
