import { sql } from 'kysely';
import type { Actor, StaffActor } from '../../core/access/actor.ts';
import { readRoles } from '../../modules/foundation/organisation/index.ts';
import { type HttpApp, SESSION_COOKIE } from '../../platform/http/app.ts';
import { createApp } from '../http.ts';
import type { System } from '../system.ts';

type Who = 'one' | 'two';
export type Answer = { readonly status: number; readonly type: string; readonly json: Record<string, unknown> };
export type TwoPeople = {
  readonly app: HttpApp;
  call(method: 'GET' | 'POST', url: string, payload?: object, who?: Who): Promise<Answer>;
};

const staffId = (n: number): string => `01890000-0000-7000-8000-00000000000${n}`;

/** The system over HTTP as two people have it who may do everything everywhere, in a browser each. */
export async function asTwoPeople(system: System): Promise<TwoPeople> {
  const { rows: units } = await sql<{ id: string }>`select distinct unit_id id from organisation.unit_version`.execute(
    system.db,
  );
  const everywhere = new Set(units.map((unit) => unit.id));
  const somebody = (n: number): StaffActor => ({
    kind: 'staff',
    accountId: staffId(n),
    staffId: staffId(n),
    displayName: `Cán bộ mẫu ${n}`,
    homeUnitId: units[0]?.id ?? '',
    unitIds: [...everywhere],
    roles: [],
    unitsByPermission: new Map(Object.keys(readRoles().permissions).map((permission) => [permission, everywhere])),
    assurance: 'password+totp',
    address: '203.0.113.9',
  });
  const people: Readonly<Record<string, Actor>> = { one: somebody(1), two: somebody(2) } satisfies Record<Who, Actor>;
  const authenticate = async (token: string | undefined): Promise<Actor> =>
    people[token ?? ''] ?? { kind: 'guest', assurance: 'none', address: '203.0.113.9' };
  const app = await createApp({ ...system, identity: { ...system.identity, authenticate } });
  return {
    app,
    async call(method, url, payload, who = 'one') {
      const reply = await app.fastify.inject({
        method,
        url,
        headers: { cookie: `${SESSION_COOKIE}=${who}`, 'sec-fetch-site': 'same-origin' },
        ...(payload ? { payload } : {}),
      });
      return { status: reply.statusCode, type: String(reply.headers['content-type']), json: reply.json() };
    },
  };
}
