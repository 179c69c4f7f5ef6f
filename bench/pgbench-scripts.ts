import type pg from 'pg';

/*
 * The published pgbench scripts: the rows of one real intake and one real step, read back from the database, as plain
 * INSERT and UPDATE statements in one transaction, prepared (-M prepared). Ids, codes and search values vary by client
 * and turn, so that no two transactions meet.
 */
type Row = Record<string, unknown>;

const id = (kind: number): string =>
  `('019b000${kind}-0000-7000-8' || lpad(to_hex((:client_id)::int + 1), 3, '0') || '-' || lpad(to_hex((:n)::bigint), 12, '0'))::uuid`;
const TURN = '\\set n :n + 1\n';

/** A value as SQL text. pgbench takes `:word` for a variable even inside quotes, so JSON gets a space after its colons. */
function literal(value: unknown, type: string): string {
  if (value === null || value === undefined) return 'null';
  const text =
    type === 'jsonb'
      ? JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ')
      : value instanceof Date
        ? value.toISOString()
        : Buffer.isBuffer(value)
          ? `\\x${value.toString('hex')}`
          : String(value);
  return `'${text.replace(/'/g, "''").replace(/:(?=[A-Za-z_])/g, ': ')}'`;
}

async function columnTypes(client: pg.ClientBase, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    "select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''",
    [table],
  );
  return new Map(rows.map((row) => [row.name, row.type]));
}

type Vary = Readonly<Record<string, string>>;

async function insertsOf(
  client: pg.ClientBase,
  table: string,
  where: string,
  given: unknown,
  vary: Vary,
  without: readonly string[] = [],
): Promise<string> {
  const types = await columnTypes(client, table);
  const { rows } = await client.query<Row>(`select * from ${table} where ${where}`, [given]);
  const names = [...types.keys()].filter((name) => !without.includes(name));
  if (rows.length === 0) return '';
  // One INSERT with all rows of the table, as a careful programmer would write it.
  const values = rows.map(
    (row) =>
      `(${names.map((name) => (name in vary ? vary[name] : literal(row[name], types.get(name) ?? ''))).join(', ')})`,
  );
  return `insert into ${table} (${names.join(', ')}) values ${values.join(', ')};\n`;
}

/** The inserts of one intake (dossier taken in at the desk, not yet passed on). */
export async function intakeScript(client: pg.ClientBase, dossierId: string): Promise<string> {
  const of = { dossier_id: id(0) };
  const party = (
    await client.query<{ person_id: string }>('select person_id from dossiers.party where dossier_id = $1', [dossierId])
  ).rows[0];
  const event = (
    await client.query<{ id: string }>('select id from platform.event where key = $1::text order by id limit 1', [
      dossierId,
    ])
  ).rows[0];
  const entry = (
    await client.query<{ id: string }>('select id from audit.entry where object_id = $1::text order by id limit 1', [
      dossierId,
    ])
  ).rows[0];
  const key = (
    await client.query<{ key: string }>("select key from platform.idempotency where reply->>'id' = $1::text limit 1", [
      dossierId,
    ])
  ).rows[0];
  const code = "'PGB-' || (:client_id)::int || '-' || (:n)::bigint";
  const parts = [
    await insertsOf(client, 'dossiers.dossier', 'id = $1', dossierId, { id: id(0), code }, ['recorded_at']),
    await insertsOf(client, 'dossiers.code', 'dossier_id = $1', dossierId, { code, ...of }),
    await insertsOf(client, 'dossiers.person', 'id = $1', party?.person_id, { id: id(1) }, ['recorded_at']),
    await insertsOf(client, 'dossiers.person_identity', 'person_id = $1', party?.person_id, {
      number: "'PGB' || (:client_id)::int || '-' || (:n)::bigint",
      person_id: id(1),
    }),
    await insertsOf(client, 'dossiers.party', 'dossier_id = $1', dossierId, { ...of, person_id: id(1) }),
    await insertsOf(client, 'dossiers.component', 'dossier_id = $1', dossierId, of),
    await insertsOf(client, 'dossiers.action', 'dossier_id = $1', dossierId, of),
    await insertsOf(client, 'dossiers.task', 'dossier_id = $1', dossierId, of),
    await insertsOf(client, 'dossiers.clock_segment', 'dossier_id = $1', dossierId, of),
    await searchKeys(client, dossierId),
    await insertsOf(client, 'audit.entry', 'id = $1', entry?.id, { id: id(2), object_id: `${id(0)}::text` }, [
      'recorded_at',
    ]),
    await insertsOf(
      client,
      'platform.event',
      'id = $1',
      event?.id,
      { id: id(3), key: `${id(0)}::text`, pending: 'false' },
      ['recorded_at'],
    ),
    await insertsOf(client, 'platform.idempotency', 'key = $1', key?.key, { key: `'pgbench ' || ${code}` }, [
      'recorded_at',
    ]),
  ];
  return `${TURN}begin;\n${parts.join('')}commit;\n`;
}

/** Search keys: those of the person vary, words of the subject stay. */
async function searchKeys(client: pg.ClientBase, dossierId: string): Promise<string> {
  const { rows } = await client.query<{ kind: string; value: string; r: string; d: string }>(
    'select kind, value, received_by_unit_id r, decided_by_unit_id d from dossiers.search_key where dossier_id = $1',
    [dossierId],
  );
  const value = (kind: string, text: string): string => {
    if (kind === 'word') return literal(text, 'text');
    if (kind === 'id') return "md5((:client_id)::int || '-' || (:n)::bigint)";
    if (kind === 'phone') return "'0900' || lpad(((:n)::bigint % 1000000)::text, 6, '0')";
    return `${literal(text.split(' ')[0], 'text')} || ' thu ' || ((:n)::bigint % 150)`;
  };
  const values = rows.map(
    (row) => `(${literal(row.kind, 'text')}, ${value(row.kind, row.value)}, ${id(0)}, '${row.r}', '${row.d}')`,
  );
  return `insert into dossiers.search_key (kind, value, dossier_id, received_by_unit_id, decided_by_unit_id) values ${values.join(', ')};\n`;
}

/** The writes of one step (the desk passes a dossier on), for dossiers that `intakeScript` made. */
export async function stepScript(client: pg.ClientBase, dossierId: string): Promise<string> {
  const of = { dossier_id: id(0) };
  const types = await columnTypes(client, 'dossiers.dossier');
  const row = (await client.query<Row>('select * from dossiers.dossier where id = $1', [dossierId])).rows[0] ?? {};
  const keep = new Set([
    'id',
    'code',
    'version',
    'recorded_at',
    'procedure_code',
    'procedure_revision_id',
    'case_id',
    'area',
    'channel',
    'parent_id',
    'subject',
    'form_values',
    'citizen_account_id',
    'guest',
    'follow_digest',
    'result_method',
    'result_address',
    'fees',
    'assurance',
    'copies',
    'retention_code',
    'legal_hold',
    'imported',
  ]);
  const set = [...types]
    .filter(([name]) => !keep.has(name))
    .map(([name, type]) => `${name} = ${literal(row[name], type)}`);
  const last =
    (await client.query<{ seq: number }>('select max(seq) seq from dossiers.action where dossier_id = $1', [dossierId]))
      .rows[0]?.seq ?? 0;
  const entry = (
    await client.query<{ id: string }>(
      'select id from audit.entry where object_id = $1::text order by id desc limit 1',
      [dossierId],
    )
  ).rows[0];
  const event = (
    await client.query<{ id: string }>('select id from platform.event where key = $1::text order by id desc limit 1', [
      dossierId,
    ])
  ).rows[0];
  const key = (
    await client.query<{ key: string }>(
      "select key from platform.idempotency where reply->>'id' = $1::text and (reply->>'version')::int = $2 limit 1",
      [dossierId, Number(row['version'])],
    )
  ).rows[0];
  const bySeq = `dossier_id = '${dossierId}' and seq = $1`;
  const parts = [
    `update dossiers.dossier set version = version + 1, ${set.join(', ')} where id = ${id(0)} and version = ${Number(row['version']) - 1};\n`,
    await insertsOf(client, 'dossiers.action', bySeq, last, of),
    `update dossiers.task set ended_at = now(), ended_by = 'pgbench' where dossier_id = ${id(0)} and seq = 1;\n`,
    await insertsOf(client, 'dossiers.task', bySeq, 2, of),
    `update dossiers.clock_segment set ended_at = now() where dossier_id = ${id(0)} and ended_at is null;\n`,
    await insertsOf(client, 'dossiers.clock_segment', bySeq, 2, of),
    await insertsOf(client, 'audit.entry', 'id = $1', entry?.id, { id: id(4), object_id: `${id(0)}::text` }, [
      'recorded_at',
    ]),
    await insertsOf(
      client,
      'platform.event',
      'id = $1',
      event?.id,
      { id: id(5), key: `${id(0)}::text`, pending: 'false' },
      ['recorded_at'],
    ),
    await insertsOf(
      client,
      'platform.idempotency',
      'key = $1',
      key?.key,
      { key: "'pgbench step ' || (:client_id)::int || '-' || (:n)::bigint" },
      ['recorded_at'],
    ),
  ];
  return `${TURN}begin;\n${parts.join('')}commit;\n`;
}

/** One row written and read back. */
export const PLAIN_SCRIPT = `${TURN}insert into bench.row (id, text) values (${id(6)}, 'hàng');\nselect id, text from bench.row where id = ${id(6)};\n`;
