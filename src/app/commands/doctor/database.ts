import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { MIGRATIONS_DIR } from '../../../platform/db/migrate.ts';
import type { Db } from '../../../platform/db/open.ts';
import { findInstallation } from '../../installation.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

const EXTENSIONS = ['unaccent', 'pg_trgm', 'btree_gin', 'btree_gist'];
const OLDEST = 150_000;

/** The server: version, encoding, extensions, clock. */
export async function checkServer(db: Db, embedded: boolean): Promise<readonly Finding[]> {
  const { rows } = await sql<{
    version: string;
    number: number;
    encoding: string;
    present: string[];
    offered: string[];
    now: Date;
    shared: string;
  }>`
    select current_setting('server_version') version, current_setting('server_version_num')::int number,
      current_setting('server_encoding') encoding, clock_timestamp() now, pg_size_pretty(pg_database_size(current_database())) shared,
      array(select extname::text from pg_extension) present,
      array(select name::text from pg_available_extensions) offered`.execute(db);
  const row = rows[0];
  if (!row) return [];
  const { version, number, encoding, present, offered } = row;
  const missing = EXTENSIONS.filter((name) => !present.includes(name));
  const absent = missing.filter((name) => !offered.includes(name));
  const drift = Math.abs(row.now.getTime() - Date.now());
  return [
    number >= OLDEST
      ? ok('database.version', `PostgreSQL ${version}${embedded ? ' đi kèm' : ''}, ${row.shared}`)
      : failed('database.version', `PostgreSQL ${version} quá cũ`, 'Cần PostgreSQL từ 15 trở lên.'),
    encoding === 'UTF8'
      ? ok('database.encoding', 'Bảng mã UTF8')
      : failed('database.encoding', `Bảng mã ${encoding}`, 'Tạo lại cơ sở dữ liệu với ENCODING UTF8.'),
    absent.length > 0
      ? failed(
          'database.extensions',
          `Máy chủ không có tiện ích ${absent.join(', ')}`,
          'Cài gói postgresql-contrib trên máy chủ cơ sở dữ liệu.',
        )
      : missing.length > 0
        ? failed(
            'database.extensions',
            `Chưa tạo tiện ích ${missing.join(', ')}`,
            'Chạy motcua migrate bằng chủ của cơ sở dữ liệu.',
          )
        : ok('database.extensions', `Tiện ích ${EXTENSIONS.join(', ')}`),
    drift < 2000
      ? ok('clock', `Đồng hồ ứng dụng và cơ sở dữ liệu lệch ${drift} ms`)
      : warning(
          'clock',
          `Đồng hồ ứng dụng và cơ sở dữ liệu lệch ${Math.round(drift / 1000)} giây`,
          'Bật đồng bộ giờ (chrony, systemd-timesyncd) trên cả hai máy.',
        ),
  ];
}

/** Migrations against the files of this program. @returns also whether the tables can be asked at all. */
export async function checkMigrations(db: Db): Promise<{ findings: readonly Finding[]; usable: boolean }> {
  const { rows: there } = await sql<{ t: string | null }>`select to_regclass('platform.migration')::text t`.execute(db);
  if (!there[0]?.t)
    return {
      usable: false,
      findings: [failed('migrations', 'Cơ sở dữ liệu chưa có bảng nào', 'Chạy motcua init.', 'environment')],
    };
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from platform.migration`.execute(
    db,
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const files = fs.readdirSync(MIGRATIONS_DIR).filter((file) => file.endsWith('.sql'));
  const digest = (file: string): string =>
    crypto
      .createHash('sha256')
      .update(fs.readFileSync(path.join(MIGRATIONS_DIR, file)))
      .digest('hex');
  const pending = files.filter((file) => !applied.has(file));
  const changed = files.filter((file) => applied.has(file) && applied.get(file) !== digest(file));
  const unknown = [...applied.keys()].filter((name) => !files.includes(name));
  if (unknown.length > 0)
    return {
      usable: true,
      findings: [
        failed(
          'migrations',
          `Cơ sở dữ liệu mới hơn chương trình (${unknown.join(', ')})`,
          'Cập nhật chương trình lên đúng phiên bản.',
        ),
      ],
    };
  if (changed.length > 0)
    return {
      usable: true,
      findings: [
        failed(
          'migrations',
          `Tệp đã áp dụng bị sửa: ${changed.join(', ')}`,
          'Lấy lại đúng tệp của phiên bản này (git status).',
        ),
      ],
    };
  if (pending.length > 0)
    return {
      usable: false,
      findings: [
        failed(
          'migrations',
          `${pending.length} tệp chưa áp dụng: ${pending.join(', ')}`,
          'Chạy motcua migrate, hoặc khởi động lại dịch vụ.',
        ),
      ],
    };
  return { usable: true, findings: [ok('migrations', `${files.length} tệp cấu trúc đã áp dụng`)] };
}

type Backlog = {
  pending: number;
  oldest: Date | null;
  retrying: number;
  dead: number;
  waiting: number;
  mail: number;
  mail_failed: number;
  mail_oldest: Date | null;
};

/** What waits: events, deliveries, seals, mail. Old waiting things mean that no server is at work. */
export async function checkBacklog(db: Db): Promise<readonly Finding[]> {
  const installation = await findInstallation(db);
  const { rows } = await sql<Backlog>`select
    (select count(*) from platform.event where pending) pending, (select min(recorded_at) from platform.event where pending) oldest,
    (select count(*) from platform.delivery where not dead) retrying, (select count(*) from platform.delivery where dead) dead,
    (select count(*) from audit.waiting) waiting,
    (select count(*) from notifications.message where channel = 'email' and status = 'waiting') mail,
    (select min(queued_at) from notifications.message where channel = 'email' and status = 'waiting') mail_oldest,
    (select count(*) from notifications.message where channel = 'email' and status = 'failed') mail_failed`.execute(db);
  const now = rows[0];
  if (!now) return [];
  const findings: Finding[] = [
    installation
      ? ok('installation', `${installation.demo ? 'Bản trình diễn' : 'Bản cài đặt'} “${installation.name}”`)
      : failed('installation', 'Chưa khởi tạo', 'Chạy motcua init.'),
    isOld(now.oldest)
      ? warning(
          'outbox',
          `${now.pending} sự kiện chờ phát, cũ nhất từ ${now.oldest?.toISOString()}`,
          'Kiểm tra dịch vụ có đang chạy không (systemctl status motcua).',
        )
      : ok('outbox', `${now.pending} sự kiện chờ phát, ${now.retrying} đang thử lại`),
    now.dead > 0
      ? failed(
          'outbox.dead',
          `${now.dead} sự kiện phát không được sau nhiều lần`,
          'Xem cột last_error của platform.delivery và nhật ký vận hành; báo lỗi kèm nội dung đó.',
          'data',
        )
      : ok('outbox.dead', 'Không có sự kiện nào bị bỏ'),
    now.waiting > 20_000
      ? warning(
          'audit.unsealed',
          `${now.waiting} bản ghi nhật ký chờ niêm phong`,
          'Dịch vụ phải đang chạy để niêm phong; nếu đang chạy, xem nhật ký vận hành.',
        )
      : ok('audit.unsealed', `${now.waiting} bản ghi nhật ký chờ niêm phong`),
    now.mail_failed > 0
      ? warning(
          'mail.failed',
          `${now.mail_failed} thư không gửi được`,
          'Xem nhật ký gửi thông báo trong màn hình quản trị; gửi lại từ đó.',
        )
      : ok('mail.failed', 'Không có thư hỏng'),
    isOld(now.mail_oldest)
      ? warning(
          'mail.waiting',
          `${now.mail} thư chờ gửi, cũ nhất từ ${now.mail_oldest?.toISOString()}`,
          'Kiểm tra máy chủ thư và dịch vụ.',
        )
      : ok('mail.waiting', `${now.mail} thư chờ gửi`),
  ];
  return findings;
}

const isOld = (at: Date | null): boolean => at !== null && Date.now() - at.getTime() > 15 * 60_000;
