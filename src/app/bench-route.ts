import { sql } from 'kysely';
import Type from 'typebox';
import { endpoint } from '../core/contract/endpoint.ts';
import { uuidv7 } from '../core/ids/uuid.ts';
import type { Pool } from '../platform/db/open.ts';
import type { HttpApp } from '../platform/http/app.ts';

const writeRow = endpoint({
  id: 'benchRow',
  module: 'bench',
  method: 'POST',
  path: '/api/bench/row',
  summary: 'Đo lường: ghi một hàng rồi đọc lại',
  access: 'staff',
  body: Type.Object({ text: Type.String({ maxLength: 200 }) }),
  reply: Type.Object({ id: Type.String(), text: Type.String() }),
});

/**
 * One row written and read back through the whole HTTP stack (session, validation, access), without any domain: beside
 * it the price of an intake shows. Registered only where MOTCUA_BENCH=1, by the benchmark's own process.
 */
export async function registerBenchRoute(app: HttpApp, db: Pool): Promise<void> {
  await sql`create schema if not exists bench`.execute(db);
  await sql`create table if not exists bench.row (id uuid primary key, text text not null, recorded_at timestamptz not null default now())`.execute(
    db,
  );
  app.handle(writeRow, async ({ body }) => {
    const id = uuidv7(new Date());
    await sql`insert into bench.row (id, text) values (${id}::uuid, ${body.text})`.execute(db);
    const { rows } = await sql<{
      id: string;
      text: string;
    }>`select id, text from bench.row where id = ${id}::uuid`.execute(db);
    return rows[0] ?? { id, text: '' };
  });
}
