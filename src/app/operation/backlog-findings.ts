import { sql } from 'kysely';
import { formatInstant } from '../../core/time/index.ts';
import type { Finding } from '../../modules/foundation/operation/index.ts';
import type { Db } from '../../platform/db/open.ts';
import { words } from '../../platform/messages/words.ts';

/** Longer than this between an act and its seal means that sealing stands still; it runs every second. */
const LAG_SECONDS = 300;

type Row = {
  unsealed: Date | null;
  sealed: Date | null;
  sent: Date | null;
  refused: Date | null;
  refusal: string | null;
  failing: { subscriber: string; count: number; error: string | null }[];
};

/** What the page tells beyond the counts of `motcua doctor`: since when, and why. `now` is real time. */
export async function backlogFindings(db: Db, now: Date): Promise<readonly Finding[]> {
  const { rows } = await sql<Row>`select
    (select e.recorded_at from audit.waiting w join audit.entry e on e.id = w.entry_id order by w.entry_id limit 1) unsealed,
    (select max(sealed_at) from audit.chain_head) sealed,
    (select max(sent_at) from notifications.message where channel = 'email' and status = 'sent') sent,
    (select max(queued_at) from notifications.message where channel = 'email' and last_error is not null) refused,
    (select last_error from notifications.message where channel = 'email' and last_error is not null order by queued_at desc limit 1) refusal,
    (select coalesce(json_agg(f), '[]'::json) from (select subscriber, count(*)::int count, max(last_error) error
      from platform.delivery group by subscriber order by subscriber) f) failing`.execute(db);
  const row = rows[0];
  if (!row) return [];
  return [sealing(row, now), ...row.failing.map(failing), mail(row)];
}

function sealing({ unsealed, sealed }: Row, now: Date): Finding {
  const lag = unsealed ? Math.max(0, Math.round((now.getTime() - unsealed.getTime()) / 1000)) : 0;
  const last = sealed ? words('server.operation.sealed-last', { at: formatInstant(sealed) }) : '';
  const text = words('server.operation.sealing-lag', { seconds: lag, last });
  if (lag <= LAG_SECONDS) return { id: 'audit.lag', status: 'ok', text };
  const advice = words('server.operation.sealing-advice');
  return { id: 'audit.lag', status: 'warning', text, advice };
}

function failing({ subscriber, count, error }: Row['failing'][number]): Finding {
  const reason = error ?? words('server.operation.no-reason');
  return {
    id: `outbox.${subscriber}`,
    status: 'warning',
    text: words('server.operation.deliveries-failing', { subscriber, count, reason }),
    advice: words('server.operation.deliveries-advice'),
  };
}

function mail({ sent, refused, refusal }: Row): Finding {
  const text = sent
    ? words('server.operation.mail-last', { at: formatInstant(sent) })
    : words('server.operation.mail-never');
  if (!refused || (sent && sent > refused)) return { id: 'mail.last', status: 'ok', text };
  return {
    id: 'mail.last',
    status: 'warning',
    text: words('server.operation.mail-refused', { sent: text, at: formatInstant(refused), reason: refusal ?? '' }),
    advice: words('server.operation.mail-advice'),
  };
}
