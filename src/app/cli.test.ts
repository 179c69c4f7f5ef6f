import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from '../platform/db/embedded.ts';
import { openDb } from '../platform/db/open.ts';
import { runCli } from './cli.ts';
import { COMMANDS } from './commands/catalogue.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SHARED_UNITS = path.resolve(ROOT, '../shared/data/units/two-level-2026-07.json');
const SHARED_PROCEDURES = path.resolve(ROOT, '../shared/data/procedures');
let work: string;

beforeAll(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'motcua-cli-'));
  fs.chmodSync(work, 0o755);
});
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

type Answer = { exit: number | null; out: string; err: string; lines: Record<string, unknown>[] };

/** Runs the real command as a person would, in a folder of its own. */
function motcua(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}): Answer {
  const env = { PATH: process.env['PATH'] ?? '', ...options.env };
  const input = options.input ?? '';
  const done = spawnSync(process.execPath, [path.join(ROOT, 'bin/motcua.mjs'), ...args], {
    cwd: work,
    env,
    input,
    encoding: 'utf8',
  });
  const lines = done.stdout.split('\n').filter((line) => line.startsWith('{'));
  return {
    exit: done.status,
    out: done.stdout,
    err: done.stderr,
    lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** The same within this process: no second start of Node where only the answer matters. */
async function inside(args: readonly string[], env: Record<string, string> = {}): Promise<Answer> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    out: (line: string) => void out.push(line),
    note: (line: string) => void err.push(line),
    env,
    path: (typed: string) => path.resolve(work, typed),
    interactive: false,
  };
  const exit = await runCli(args, io);
  const lines = out.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  return { exit, out: out.join('\n'), err: err.join('\n'), lines };
}

describe('score', () => {
  const values = (content: unknown): string => {
    const file = path.join(work, 'values.json');
    fs.writeFileSync(file, JSON.stringify(content));
    return file;
  };
  it('prints the score of a set by its id', async () => {
    const file = values({ parts: { appraisal: 74.3, survey: 93.23 } });
    const done = await inside(['score', '--set', 'par-index-quang-nam-2022', '--values', file, '--json']);
    expect(done).toMatchObject({ exit: 0, lines: [{ total: 79.98, max: 100, band: 'Khá' }] });
    const plain = await inside(['score', '--set', 'par-index-quang-nam-2022', '--values', file]);
    expect(plain.out.split('\n').slice(1)).toEqual([
      '  Thẩm định\t74,3 % × 0,7 (suy ra) = 52,01',
      '  Điều tra cán bộ, công chức\t93,23 % × 0,3 (suy ra) = 27,97',
      'Tổng 79,98/100 — Khá',
      'Ranh giới xếp loại là suy ra, không phải số đã công bố.',
      '  mất 17,99 ở Thẩm định',
      '  mất 2,03 ở Điều tra cán bộ, công chức',
    ]);
  });
  it('tells every wrong value and exits with 1', async () => {
    const file = values({ parts: { appraisal: 174.3 } });
    const done = await inside(['score', '--set', 'par-index-quang-nam-2022', '--values', file, '--json']);
    expect(done.exit).toBe(1);
    expect(done.lines[0]).toMatchObject({
      errors: [
        { id: 'appraisal', code: 'score/too-large' },
        { id: 'survey', code: 'score/missing' },
      ],
    });
  });
  it('refuses a value given twice and text that is no JSON or YAML, with the place', async () => {
    const file = path.join(work, 'broken.json');
    const score = async (text: string, ...set: string[]) => {
      fs.writeFileSync(file, text);
      const chosen = set[0] ?? 'par-index-quang-nam-2022';
      const { exit, err } = await inside(['score', '--set', chosen, '--values', file]);
      return [exit, err];
    };
    expect(await score('{"parts": {"appraisal": 74,\n"survey": 90, "appraisal": 75}}')).toEqual([
      1,
      'Tệp giá trị ghi “appraisal” hai lần trong một nhóm (dòng 2). Giữ một giá trị rồi chấm lại.',
    ]);
    expect((await score('{"parts": {"appraisal": 74, "survey": 90}, "points": {}}'))[0]).toBe(0);
    const told = (reason: string) => [1, `Tệp ${file} không phải JSON hợp lệ (${reason}).`];
    expect(await score('{"parts":')).toEqual(told('hết tệp giữa chừng'));
    expect(await score('{"parts":\n  {,}}')).toEqual(told('sai ở dòng 2, cột 4'));
    expect(await score('{"a": NaN}')).toEqual(told('không hiểu “N” trong "{"a": NaN}"'));
    const set = path.join(work, 'broken.yaml');
    fs.writeFileSync(set, 'id: thu\nid: thu2\n');
    expect((await score('{}', set))[1]).toBe(`Bộ chỉ số ${set} không phải YAML hay JSON hợp lệ: mục lặp lại ở dòng 2.`);
    fs.writeFileSync(set, 'id: [\n');
    expect((await score('{}', set))[1]).toContain('sai ở dòng 2, cột 1');
  });
  it('tells every value of the wrong kind at its place, in words, and a level that is none', async () => {
    const file = values({ parts: { appraisal: '74,3', survey: null }, measures: { a: { numerator: 1 } }, other: {} });
    const score = ['score', '--set', 'par-index-quang-nam-2022', '--values', file];
    const done = await inside([...score, '--json']);
    expect(done).toMatchObject({ exit: 1, lines: [{ errors: expect.any(Array) }] });
    expect(done.err.split('\n').sort()).toEqual([
      'Tệp giá trị sai cấu trúc ở /measures/a: thiếu denominator.',
      'Tệp giá trị sai cấu trúc ở /other: không có mục này.',
      'Tệp giá trị sai cấu trúc ở /parts/appraisal: phải là một số.',
      'Tệp giá trị sai cấu trúc ở /parts/survey: phải là một số.',
    ]);
    expect(await inside([...score, '--level', 'huyện'])).toMatchObject({ exit: 2 });
  });
  it('reads disputed places as told, and names what a set has where told wrong', async () => {
    const score = async (...settings: string[]) => {
      const measures = { 'digitised-dossiers': { numerator: 85, denominator: 100 } };
      const domains = ['transparency', 'progress', 'online-services', 'online-payment', 'satisfaction'];
      const points = Object.fromEntries(
        [
          ...domains,
          'electronic-results',
          'reused-data',
          'personal-store',
          'population-procedures',
          'population-dossiers',
          'certified-copies',
        ].map((id) => [id, 0]),
      );
      const args = settings.flatMap((each) => ['--setting', each]);
      return inside(['score', '--set', '766-2022', '--values', values({ points, measures }), '--json', ...args]);
    };
    expect(await score()).toMatchObject({ exit: 0, lines: [{ total: 3.4 }] });
    expect(await score('digitised-threshold=text')).toMatchObject({ exit: 0, lines: [{ total: 4 }] });
    expect(await score('digitised-threshold=x')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('fitted, text'),
    });
    expect(await score('x=y')).toMatchObject({ exit: 2, err: expect.stringContaining('online-split') });
    expect((await score('text')).exit).toBe(2);
  });
  it('tells where a set has a rule or a maximum that is none', async () => {
    const set = path.join(work, 'shape.json');
    const a = {
      id: 'a',
      name: 'A',
      max: 'mười',
      criteria: [{ id: 'b', name: 'B', max: 10, rule: { kind: 'linear', full: 2 } }],
    };
    const head = {
      id: 'x',
      name: 'Bộ',
      level: 'commune',
      owner: 'Xã',
      validFrom: '2026-01-01',
      source: 's',
      verified: false,
    };
    fs.writeFileSync(set, JSON.stringify({ ...head, max: 10, domains: [a] }));
    const done = await inside(['score', '--set', set, '--values', values({})]);
    expect(done.exit).toBe(1);
    expect(done.err.split('\n')).toEqual([
      'Bộ chỉ số sai cấu trúc ở /domains/0/max: phải là một số.',
      'Bộ chỉ số sai cấu trúc ở /domains/0/criteria/0/rule/full: không được lớn hơn 1.',
    ]);
  });
  it('takes a set of one’s own from a file, and refuses one whose maxima do not add up', async () => {
    const set = path.join(work, 'set.json');
    const base = {
      id: 'x',
      name: 'Bộ thử',
      level: 'commune',
      owner: 'Xã',
      validFrom: '2026-01-01',
      source: 'thử',
      verified: false,
    };
    fs.writeFileSync(set, JSON.stringify({ ...base, max: 10, domains: [{ id: 'a', name: 'A', max: 10 }] }));
    const file = values({ points: { a: 7.5 } });
    expect(await inside(['score', '--set', set, '--values', file, '--json'])).toMatchObject({
      exit: 0,
      lines: [{ total: 7.5 }],
    });
    fs.writeFileSync(set, JSON.stringify({ ...base, max: 11, domains: [{ id: 'a', name: 'A', max: 10 }] }));
    expect(await inside(['score', '--set', set, '--values', file, '--json'])).toMatchObject({
      exit: 1,
      lines: [{ errors: [{ code: 'set/maxima' }] }],
    });
    expect((await inside(['score', '--set', 'no-such-set', '--values', file])).exit).toBe(2);
  });
});

describe('due', () => {
  const hours = [
    ['07:00', '11:30'],
    ['13:30', '17:00'],
  ];
  const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
  const good = {
    id: 'a',
    calendar: 'c',
    receivedAt: '2023-08-21T11:30:00+07:00',
    allow: { unit: 'working-day', amount: 1 },
  };
  const file = (...cases: unknown[]): string =>
    JSON.stringify({ calendars: { c: { timeZone: 'Asia/Ho_Chi_Minh', week } }, cases });

  it('prints one JSON line a case in input order, with no database', () => {
    const done = motcua(['due', '--cases', '-', '--json'], {
      input: file(good, { ...good, id: 'b', receivedAt: '2023-08-25T15:00:00+07:00' }),
    });
    expect(done).toMatchObject({ exit: 0, err: '' });
    expect(done.lines).toEqual([
      { id: 'a', dueAt: '2023-08-22T11:30:00+07:00' },
      { id: 'b', dueAt: '2023-08-28T15:00:00+07:00' },
    ]);
  });

  it('exits 1 where a case failed and prints the others all the same', () => {
    const done = motcua(['due', '--cases', '-', '--json'], { input: file({ ...good, calendar: 'none' }, good) });
    expect(done.exit).toBe(1);
    expect(done.lines).toMatchObject([
      { id: 'a', error: { code: 'due/unknown-calendar' } },
      { id: 'a', dueAt: '2023-08-22T11:30:00+07:00' },
    ]);
  });

  it.each([
    ['not JSON', '{"cases": [', 1, 'file/not-json'],
    ['an array', '[]', 1, 'due/bad-file'],
    ['Latin-1', Buffer.from([0x7b, 0xe9, 0x7d]).toString('latin1'), 1, 'file/not-json'],
  ])('says what is wrong with a file that is %s', (_, input, exit, code) => {
    const done = motcua(['due', '--cases', '-', '--json'], { input });
    expect(done.exit).toBe(exit);
    expect(done.lines).toMatchObject([{ error: { code } }]);
  });

  it('exits 2 for a file that cannot be read, a missing option and an unknown one', () => {
    expect(motcua(['due', '--cases', '/none.json']).exit).toBe(2);
    expect(motcua(['due']).exit).toBe(2);
    expect(motcua(['due', '--case', 'x'])).toMatchObject({ exit: 2, err: expect.stringContaining('--case') });
  });
});

describe('every command', () => {
  it.each(Object.keys(COMMANDS))('%s has help on stdout and exits 0', async (name) => {
    const done = await inside([name, '--help']);
    expect(done).toMatchObject({ exit: 0, err: '' });
    expect(done.out).toContain(`motcua ${name}`);
  });

  it('an unknown one, or none, shows the list on stderr and exits 2', async () => {
    for (const args of [[], ['dance']])
      expect(await inside(args)).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('verify-audit') });
  });

  it.each([
    ['verify-audit'],
    ['backup', 'b'],
    ['import', 'units', 'units.json', '--valid-from', '2025-07-01'],
    ['generate', '--dossiers', '1'],
  ])('%s exits 3 without a database, and says so', async (...args) => {
    fs.writeFileSync(path.join(work, 'units.json'), '[]');
    expect(await inside([...args, '--data-dir', path.join(work, 'none')])).toMatchObject({
      exit: 3,
      err: expect.stringContaining('motcua init'),
    });
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect(await inside([...args, '--json', '--data-dir', path.join(work, 'none')], env)).toMatchObject({
      exit: 3,
      lines: [{ error: { code: 'environment' } }],
    });
  });
});

describe('a real installation', () => {
  const dir = (name: string): string => path.join(work, name);
  const on = (args: readonly string[], where = 'data'): Answer => motcua([...args, '--data-dir', dir(where), '--json']);
  const settings = (more = ''): string => `unit: '20779'
administrator: { fullName: Nguyễn Văn Thử, login: quantri, password: 'con cò bay lả bay la' }
publicUrl: https://motcua.thu.example
${more}`;

  it('is not begun with settings that do not fit; each place is told', () => {
    const done = motcua(['init', '--file', '-', '--json', '--data-dir', dir('bad')], {
      input: 'unit: x\npublicUrl: here\nadmin: {}',
    });
    expect(done.exit).toBe(1);
    expect(done.err).toContain('publicUrl');
    expect(done.err).toContain('administrator');
    expect(fs.existsSync(dir('bad'))).toBe(false);
    expect(motcua(['init', '--data-dir', dir('bad')])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--file'),
    });
  });

  it('names a unit that is not known and how to bring it in, and can be begun again', () => {
    const done = motcua(['init', '--file', '-', '--json', '--data-dir', dir('data')], {
      input: settings().replace('20779', '99999'),
    });
    expect(done).toMatchObject({ exit: 1, lines: [{ error: { code: 'init/unit-missing' } }] });
    const weak = motcua(['init', '--file', '-', '--json', '--data-dir', dir('data')], {
      input: settings().replace('con cò bay lả bay la', 'matkhau'),
    });
    expect(weak.exit).toBe(1);
    expect(fs.existsSync(path.join(dir('data'), 'motcua.env'))).toBe(false);
  });

  it('begins from a file: settings of mode 600, no demo rows, and only once', () => {
    const done = motcua(['init', '--file', '-', '--json', '--data-dir', dir('data')], {
      input: settings('storage: { encryptFiles: true }'),
    });
    expect(done.err).not.toContain('hỏng ngoài dự kiến');
    expect(done).toMatchObject({ exit: 0, lines: [{ name: 'Ủy ban nhân dân xã Hiệp Đức', login: 'quantri' }] });
    const env = path.join(dir('data'), 'motcua.env');
    expect(fs.statSync(env).mode & 0o777).toBe(0o600);
    expect(fs.readFileSync(env, 'utf8')).toMatch(/^MOTCUA_FILES_KEY=[0-9a-f]{64}$/m);
    const again = motcua(['init', '--file', '-', '--json', '--data-dir', dir('data')], { input: settings() });
    expect(again).toMatchObject({ exit: 1, lines: [{ error: { code: 'init/exists' } }] });
  });

  it('leaves no database server behind when a command ends', () => {
    expect(on(['verify-audit']).exit).toBe(0);
    expect(fs.existsSync(path.join(dir('data'), 'pg18/postmaster.pid'))).toBe(false);
  });

  it('never takes generated dossiers', () => {
    expect(on(['generate', '--dossiers', '5'])).toMatchObject({
      exit: 1,
      lines: [{ error: { code: 'generate/real-installation' } }],
    });
  });

  it('is told healthy by doctor, with a warning for the mail that is not set up', () => {
    const done = on(['doctor']);
    expect(done.lines[0]).toMatchObject({ ok: true });
    expect(done.exit).toBe(0);
    const findings = (done.lines[0]?.['findings'] ?? []) as { id: string; status: string }[];
    expect(findings.filter(({ status }) => status === 'warning').map(({ id }) => id)).toContain('mail.server');
    fs.chmodSync(path.join(dir('data'), 'motcua.env'), 0o644);
    expect(on(['doctor'])).toMatchObject({ exit: 3, out: expect.stringContaining('chmod 600') });
    fs.chmodSync(path.join(dir('data'), 'motcua.env'), 0o600);
  });

  it('takes units and procedures as they are published; wrong calls and broken files are told', ({ skip }) => {
    expect(on(['import', 'units', 'none.json']).exit).toBe(2);
    fs.writeFileSync(dir('broken.json'), '[{"Type":');
    expect(on(['import', 'units', dir('broken.json'), '--valid-from', '1/7/2025']).exit).toBe(2);
    expect(on(['import', 'units', dir('broken.json'), '--valid-from', '2025-07-01'])).toMatchObject({
      exit: 1,
      lines: [{ error: { code: 'file/not-json' } }],
    });
    expect(on(['import', 'dossiers', dir('none.ndjson')]).exit).toBe(2);
    expect(on(['import', 'songs', 'x']).exit).toBe(2);
    if (!fs.existsSync(SHARED_UNITS)) skip('the public data of ../shared/data are not here');
    const units = on(['import', 'units', SHARED_UNITS, '--valid-from', '2025-07-01', '--dry-run']);
    expect(units.lines[0]).toMatchObject({ read: 3355, errors: [] });
    expect(units.exit).toBe(0);
    const [first = ''] = fs.readdirSync(SHARED_PROCEDURES).filter((name) => name.endsWith('.json'));
    const done = on([
      'import',
      'procedures',
      path.join(SHARED_PROCEDURES, first),
      dir('broken.json'),
      dir('none.json'),
    ]);
    expect(done.exit).toBe(1);
    expect(done.lines).toMatchObject([
      { ok: true, state: 'created', counts: { steps: expect.any(Number), components: expect.any(Number) } },
      { ok: false, error: { code: 'import/not-json' } },
      { ok: false, error: { code: 'file/unreadable' } },
    ]);
  });

  it('is saved, and comes back in an empty folder with a trail that verifies', () => {
    expect(on(['backup', path.join(dir('data'), 'b')])).toMatchObject({ exit: 2 });
    const saved = on(['backup', dir('backups'), '--keep', '2']);
    expect(saved).toMatchObject({ exit: 0, lines: [{ missingFiles: [], damagedFiles: [] }] });
    expect(fs.statSync(String(saved.lines[0]?.['path'])).mode & 0o777).toBe(0o700);
    expect(motcua(['restore', dir('backups'), '--check', '--json'])).toMatchObject({ exit: 0, lines: [{ ok: true }] });
    const restored = motcua(['restore', dir('backups'), '--into', dir('restored'), '--json']);
    expect(restored).toMatchObject({ exit: 0, lines: [{ audit: { ok: true } }] });
    expect(motcua(['restore', dir('backups'), '--into', dir('restored'), '--json']).exit).toBe(2);
    expect(on(['doctor'], 'restored')).toMatchObject({ exit: 0 });
    expect(fs.readFileSync(path.join(dir('restored'), 'secret'), 'utf8')).toBe(
      fs.readFileSync(path.join(dir('data'), 'secret'), 'utf8'),
    );
  });

  it('can be saved into one tar file, which is told from a damaged one', () => {
    expect(on(['backup', dir('one.tar')])).toMatchObject({ exit: 0 });
    expect(fs.statSync(dir('one.tar')).mode & 0o777).toBe(0o600);
    expect(motcua(['restore', dir('one.tar'), '--into', dir('from-tar'), '--json'])).toMatchObject({ exit: 0 });
    fs.truncateSync(dir('one.tar'), Math.floor(fs.statSync(dir('one.tar')).size / 2));
    expect(motcua(['restore', dir('one.tar'), '--into', dir('from-half'), '--json'])).toMatchObject({
      exit: 1,
      lines: [{ error: { code: 'restore/damaged' } }],
    });
    expect(fs.existsSync(dir('from-half'))).toBe(false);
    expect(fs.readdirSync(work).filter((name) => name.includes('unpacked') || name.includes('parts'))).toEqual([]);
  });

  it('has its first broken record named when somebody changes the trail', async () => {
    const before = on(['verify-audit'], 'restored');
    expect(before).toMatchObject({ exit: 0, lines: [{ ok: true }] });
    const server = await startEmbedded(path.join(dir('restored'), 'pg18'));
    const db = openDb(server.url, 1);
    const { rows } = await sql<{ id: string }>`select id from audit.entry order by id limit 1`.execute(db);
    await sql`alter table audit.entry disable trigger user`.execute(db);
    await sql`delete from audit.entry where id = ${rows[0]?.id}::uuid`.execute(db);
    await db.destroy();
    await server.stop();
    const after = on(['verify-audit'], 'restored');
    expect(after).toMatchObject({
      exit: 1,
      lines: [{ ok: false, firstBroken: { entryId: rows[0]?.id, why: 'entry-deleted' } }],
    });
  });
});
