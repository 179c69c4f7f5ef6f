import crypto from 'node:crypto';
import type { Asked } from './http-connection.ts';

/** What a load process is told to do; everything it needs, so that it has no database of its own. */
export type Job =
  | { readonly kind: 'intake'; readonly unitId: string; readonly forward: boolean }
  | { readonly kind: 'forward'; readonly dossiers: readonly { readonly id: string; readonly version: number }[] }
  | { readonly kind: 'plain' }
  | { readonly kind: 'get'; readonly paths: readonly string[] }
  | { readonly kind: 'search'; readonly queries: readonly string[] };

export type Load = {
  readonly host: string;
  readonly port: number;
  readonly cookie: string;
  readonly connections: number;
  readonly seconds: number;
  readonly job: Job;
};
export type Measured = {
  readonly count: number;
  readonly failed: number;
  readonly firstFailure: string | null;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

const SURNAMES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ'];
const GIVEN = [
  'An',
  'Bình',
  'Châu',
  'Dũng',
  'Giang',
  'Hạnh',
  'Khánh',
  'Lan',
  'Minh',
  'Nga',
  'Phúc',
  'Quân',
  'Sơn',
  'Thảo',
  'Vinh',
];
const at = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

/** One intake of the simplest worked procedure (2.000815, certified copies), as the counter sends it. */
export function intakeBody(unitId: string, forward: boolean, serial: number): unknown {
  const fullName = `${at(SURNAMES, serial)} Thử ${at(GIVEN, serial * 7 + 3)}`;
  const idNumber = `9998${String(serial % 100_000_000).padStart(8, '0')}`;
  const phone = `0900${String(serial % 1_000_000).padStart(6, '0')}`;
  return {
    procedureCode: '2.000815',
    channel: 'desk',
    unitId,
    parties: [
      {
        role: 'owner',
        snapshot: { fullName, subjectType: 'citizen', idType: 'cccd', idNumber, phone, birthDate: '1990-05-17' },
      },
    ],
    formValues: {
      applicant: { fullName, idType: 'cccd', idNumber, phone },
      documents: [{ title: 'Bằng tốt nghiệp', pages: 1, copies: 2 }],
      foreignPaper: 'no',
      declaration: true,
    },
    components: [
      { code: 'yeu-cau', provided: true },
      { code: 'ban-chinh', provided: true },
    ],
    resultMethod: 'desk',
    forward,
  };
}

/** The next request of a job. */
export function nextRequest(job: Job, serial: number): Asked | undefined {
  switch (job.kind) {
    case 'intake':
      return {
        method: 'POST',
        path: '/api/dossiers',
        body: intakeBody(job.unitId, job.forward, serial),
        headers: { 'idempotency-key': crypto.randomUUID() },
      };
    case 'forward': {
      const dossier = job.dossiers[serial];
      return (
        dossier && {
          method: 'POST',
          path: `/api/dossiers/${dossier.id}/commands`,
          body: { version: dossier.version, command: { kind: 'forward' } },
          headers: { 'idempotency-key': crypto.randomUUID() },
        }
      );
    }
    case 'plain':
      return { method: 'POST', path: '/api/bench/row', body: { text: `hàng ${serial}` } };
    case 'get':
      return { method: 'GET', path: at(job.paths, serial) ?? '/' };
    case 'search':
      return { method: 'POST', path: '/api/dossiers/search', body: { q: at(job.queries, serial) ?? 'x' } };
  }
}
