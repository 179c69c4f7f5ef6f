import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { dayOf } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import type { DossierContext } from './context.ts';
import type { searchDossiers as contract } from './contract.ts';
import { idDigest } from './parties.ts';
import { readerChain } from './reader-chain.ts';
import { presentRows, readRows } from './rows.ts';
import { foldName, foldPhone } from './rules/search-keys.ts';
import { type DossierScope, dossierScope } from './scope.ts';
import { alikeNames, nearNames } from './similar-names.ts';
import { checkStorable } from './storable.ts';

type Reply = ReplyOf<typeof contract>;

/** Most entries of one key that are looked through: the newest ones. Only words that stand in every dossier have more. */
const MOST_ENTRIES = 20_000;

/** Ids of the newest dossiers with a key, received or decided by units; reads the index backwards and stops at the limit. */
async function idsByKey(
  ctx: DossierContext,
  unitIds: readonly string[],
  kind: string,
  match: RawBuilder<unknown>,
  limit: number,
): Promise<string[]> {
  const units = sql`any(${[...unitIds]}::uuid[])`;
  const { rows } = await sql<{ dossier_id: string }>`select k.dossier_id from (
      select k.dossier_id, k.received_by_unit_id, k.decided_by_unit_id from dossiers.search_key k
      where k.kind = ${kind} and ${match} order by k.dossier_id desc limit ${MOST_ENTRIES}) k
    where k.received_by_unit_id = ${units} or k.decided_by_unit_id = ${units} order by k.dossier_id desc limit ${limit}`.execute(
    ctx.db,
  );
  return rows.map((row) => row.dossier_id);
}

/**
 * Units whose dossiers are candidates: those the reader sees dossiers of, and the authorities of their offices, because an
 * office holds what its authority decides. What the reader may see of them is decided by the scope afterwards.
 */
async function candidateUnits(ctx: DossierContext, scope: DossierScope): Promise<string[]> {
  const authorities = await ctx.ports.authoritiesEver(scope.unitIds, dayOf(ctx.clock.now()));
  return [...new Set([...scope.unitIds, ...authorities])];
}

/** Candidates read for one page: what an office does not hold falls away by the scope. */
const candidatesFor = (limit: number): number => Math.max(200, limit * 5);

/**
 * Finds dossiers the reader may see, right after they were written. Tried in this order: code, ID number (exact, with a
 * reason, recorded), phone, name (accent-blind), similar names (typing errors), words of the content.
 */
export async function searchDossiers(ctx: DossierContext, actor: Actor, body: BodyOf<typeof contract>): Promise<Reply> {
  checkStorable(body);
  const scope = dossierScope(actor);
  const units = await candidateUnits(ctx, scope);
  const limit = body.limit ?? 20;
  const most = candidatesFor(limit);
  const q = body.q.trim();
  const show = async (
    ids: readonly string[],
    matchedBy: Reply['matchedBy'],
    suggestions: string[] = [],
  ): Promise<Reply> => {
    const raw =
      ids.length === 0
        ? []
        : await readRows(ctx.db, sql`d.id = any(${[...ids]}::uuid[]) and ${scope.where('d')}`, sql`d.id desc`, limit);
    return {
      rows: await presentRows(ctx, raw, ctx.clock.now()),
      matchedBy: raw.length > 0 ? matchedBy : 'nothing',
      suggestions,
    };
  };
  if (/^[0-9A-Za-z.]+-\d{6}-\d+$/.test(q)) {
    const { rows } = await sql<{
      dossier_id: string;
    }>`select dossier_id from dossiers.code where code = ${q.toUpperCase()}`.execute(ctx.db);
    return show(
      rows.map((row) => row.dossier_id),
      'code',
    );
  }
  const digits = q.replace(/[\s.-]+/g, '');
  if (/^(\d{12}|\d{9}|[A-Z]\d{7,8})$/i.test(digits)) {
    if (!body.reason?.trim()) {
      throw new AppError('request/invalid', {
        fields: [
          {
            path: 'body.reason',
            code: 'required',
            message: words('server.dossier.search-reason'),
          },
        ],
      });
    }
    const now = ctx.clock.now();
    await recordAudit(ctx.db, [
      {
        chainId: await readerChain(ctx, actor),
        occurredAt: now,
        actor,
        action: 'dossier.search-identity',
        object: { type: 'search', id: 'id-number' },
        payload: { reason: body.reason.trim() },
      },
    ]);
    const digest = idDigest(ctx.secret, digits);
    return show(await idsByKey(ctx, units, 'id', sql`k.value = ${digest}`, most), 'id-number');
  }
  if (/^\+?\d{9,12}$/.test(digits)) {
    return show(await idsByKey(ctx, units, 'phone', sql`k.value = ${foldPhone(digits)}`, most), 'phone');
  }
  const folded = foldName(q);
  if (folded === '') return show([], 'nothing');
  return searchWords(ctx, scope, units, folded, most, show);
}

/** Candidates of each name that are looked at to tell whether the reader may see any. */
const LOOKED_AT = 40;

/** Those of the names that the newest dossiers of which the reader may see some bear, in the order given; one query for all. */
async function namesThatLead(
  ctx: DossierContext,
  scope: DossierScope,
  unitIds: readonly string[],
  names: readonly string[],
): Promise<string[]> {
  const units = sql`any(${[...unitIds]}::uuid[])`;
  const { rows } = await sql<{
    value: string;
  }>`select n.value from unnest(${[...names]}::text[]) with ordinality n(value, place)
    where exists (select 1 from (
        select k.dossier_id from (
          select k.dossier_id, k.received_by_unit_id, k.decided_by_unit_id from dossiers.search_key k
          where k.kind = 'name' and k.value = n.value order by k.dossier_id desc limit ${MOST_ENTRIES}) k
        where k.received_by_unit_id = ${units} or k.decided_by_unit_id = ${units} order by k.dossier_id desc limit ${LOOKED_AT}) c
      join dossiers.dossier d on d.id = c.dossier_id where ${scope.where('d')}) order by n.place`.execute(ctx.db);
  return rows.map((row) => row.value);
}

type Show = (ids: readonly string[], matchedBy: Reply['matchedBy'], suggestions?: string[]) => Promise<Reply>;

async function searchWords(
  ctx: DossierContext,
  scope: DossierScope,
  units: readonly string[],
  folded: string,
  most: number,
  show: Show,
): Promise<Reply> {
  const byKey = (kind: string, value: string): Promise<string[]> =>
    idsByKey(ctx, units, kind, sql`k.value = ${value}`, most);
  for (const kind of ['name', 'name-tail']) {
    const found = await show(await byKey(kind, folded), 'name');
    if (found.rows.length > 0) return found;
  }
  /** The first of the names with a dossier the reader may see. Only names that led to one are told. */
  const shown = async (names: readonly string[]): Promise<Reply | undefined> => {
    if (names.length === 0) return undefined;
    const led = await namesThatLead(ctx, scope, units, names);
    const [first] = led;
    return first === undefined ? undefined : show(await byKey('name', first), 'similar-name', led);
  };
  const near = await shown(await nearNames(ctx.db, folded, 5));
  if (near) return near;
  const rarest = folded
    .split(' ')
    .filter((word) => word.length >= 3)
    .at(-1);
  const content = await show(rarest === undefined ? [] : await byKey('word', rarest), 'content');
  if (content.rows.length > 0) return content;
  return (await shown(await alikeNames(ctx.db, folded, 5))) ?? content;
}
