import crypto from 'node:crypto';
import { parse } from 'yaml';
import { type Actor, actorRef } from '../../../core/access/actor.ts';
import type { BodyOf, ReplyOf } from '../../../core/contract/endpoint.ts';
import { isUuid, uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf } from '../../../core/time/index.ts';
import { keyed } from '../../../platform/db/idempotency.ts';
import type { Db } from '../../../platform/db/open.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { words } from '../../../platform/messages/words.ts';
import { recordAudit } from '../../foundation/audit/index.ts';
import { canonicalJson } from '../../foundation/audit/rules/canonical-json.ts';
import { registersOn } from './catalogue.ts';
import { type RegisterContext, requireRegister, unknownRegister } from './context.ts';
import type * as contract from './contract-design.ts';
import { dayFault, endFault } from './design-days.ts';
import { bare, EVER, listDesigns, newestOf, readDesign, requireDelivered } from './design-reading.ts';
import * as store from './design-store.ts';
import { checkDesign } from './rules/check-design.ts';
import { placeInWords } from './rules/design-place.ts';
import type { RegisterDefinition } from './rules/register.ts';
import { sampleTemplate } from './sheet-service.ts';

type Saved = ReplyOf<typeof contract.saveRegisterDesign>;
type Made = ReplyOf<typeof contract.createRegisterDesign>;

/** Registers designed in the console: drafts, published for good from a day on. A write with a key has one effect. */
export type DesignService = {
  list(): Promise<ReplyOf<typeof contract.listRegisterDesigns>>;
  /** A design, or by its own id a register of the content. @throws AppError row/missing */
  get(id: string): Promise<ReplyOf<typeof contract.getRegisterDesign>>;
  /** The workbook units would fill in, with one line of an imagined unit. */
  template(id: string): Promise<{ readonly name: `${string}.xlsx`; readonly bytes: Uint8Array }>;
  /** @throws AppError registers/unknown, registers/design (the id is taken) */
  create(actor: Actor, body: BodyOf<typeof contract.createRegisterDesign>, key?: string): Promise<Made>;
  /** @throws AppError registers/design with every place */
  read(actor: Actor, body: BodyOf<typeof contract.readRegisterDesign>, key?: string): Promise<Made>;
  /** @throws AppError registers/design with every place, registers/design-published, row/stale, row/missing */
  save(actor: Actor, id: string, body: BodyOf<typeof contract.saveRegisterDesign>, key?: string): Promise<Saved>;
  /** @throws AppError as `save`; registers/design also for a day on which the version cannot begin */
  publish(actor: Actor, id: string, body: BodyOf<typeof contract.publishRegisterDesign>, key?: string): Promise<Saved>;
  /** @throws AppError registers/design-published, row/stale, row/missing */
  discard(actor: Actor, id: string, body: BodyOf<typeof contract.discardRegisterDesign>, key?: string): Promise<Made>;
  /** @throws AppError registers/unknown, registers/design (figures were entered after the day), dossier/reason-needed */
  end(
    actor: Actor,
    body: BodyOf<typeof contract.endRegister>,
    key?: string,
  ): Promise<ReplyOf<typeof contract.endRegister>>;
};

/** What an empty register begins as: one number a month of each commune. */
const EMPTY: Omit<RegisterDefinition, 'id' | 'name' | 'validFrom'> = {
  shape: 'figures',
  enteredBy: { who: 'UBND cấp xã', levels: ['commune'] },
  tree: 'sum',
  frequency: 'month',
  overTime: 'sum',
  deadlineDays: 5,
  closeDays: 20,
  fields: [{ key: 'count', label: 'Số lượng', type: 'number', required: true }],
  checks: [],
  measures: [{ id: 'count', name: 'Số lượng', unit: 'count', numerator: { field: 'count' } }],
  source: 'Đơn vị tự lập',
  verified: false,
};

export function createDesignService(ctx: RegisterContext): DesignService {
  type Run<R> = (own: DesignService) => Promise<R>;
  /** A write of one transaction whose result is its reply. */
  const once = <R>(name: string, actor: Actor, key: string | undefined, body: unknown, run: Run<R>): Promise<R> =>
    keyed(
      ctx.db,
      { operation: `register-design-${name}`, actor: actorRef(actor), key, body },
      { run: (db) => run(designServiceOn({ ...ctx, db })), keep: (reply: R) => reply, again: (kept: R) => kept },
    );
  return {
    ...designServiceOn(ctx),
    create: (actor, body, key) => once('create', actor, key, body, (own) => own.create(actor, body)),
    read: (actor, body, key) => once('read', actor, key, body, (own) => own.read(actor, body)),
    save: (actor, id, body, key) => once('save', actor, key, { id, ...body }, (own) => own.save(actor, id, body)),
    publish: (actor, id, body, key) =>
      once('publish', actor, key, { id, ...body }, (own) => own.publish(actor, id, body)),
    discard: (actor, id, body, key) =>
      once('discard', actor, key, { id, ...body }, (own) => own.discard(actor, id, body)),
    end: (actor, body, key) => once('end', actor, key, body, (own) => own.end(actor, body)),
  };
}

function designServiceOn(ctx: RegisterContext): DesignService {
  const today = (): string => dayOf(ctx.clock.now());
  const stampOf = (actor: Actor) => ({ at: ctx.clock.now(), by: actorRef(actor) });

  async function require(id: string): Promise<store.Design> {
    const row = await store.findDesign(ctx.db, id);
    if (!row) throw new AppError('row/missing');
    return row;
  }

  async function requireDraft(id: string, version: number): Promise<store.Design> {
    const row = await require(id);
    if (row.state === 'published') throw new AppError('registers/design-published');
    if (row.version !== version) throw new AppError('row/stale', { extra: { currentVersion: row.version } });
    return row;
  }

  async function drafted(actor: Actor, definition: RegisterDefinition, from: object): Promise<Made> {
    const id = uuidv7(ctx.clock.now());
    return ctx.db.transaction().execute(async (trx) => {
      await store.insertDesign(trx, { id, definition, ...stampOf(actor) });
      await note(trx, actor, 'create', id, { registerId: definition.id, ...from });
      return { id };
    });
  }

  const note = (trx: Db, actor: Actor, act: string, id: string, payload: object): Promise<void> =>
    recordAudit(trx, [
      {
        chainId: 'installation',
        occurredAt: ctx.clock.now(),
        actor,
        action: `register-design.${act}`,
        object: { type: 'register-design', id },
        payload,
      },
    ]);

  return {
    list: () => listDesigns(ctx),
    get: (id) => readDesign(ctx, id),
    async template(id) {
      const definition = isUuid(id) ? (await require(id)).definition : requireDelivered(id);
      return { name: `mau-${definition.id}.xlsx`, bytes: await sampleTemplate(definition) };
    },
    async create(actor, { copyOf, as }) {
      const registers = await registersOn(ctx.db, EVER);
      const source = copyOf === undefined ? undefined : registers.find((register) => register.id === copyOf);
      if (!source && copyOf !== undefined) throw unknownRegister(registers);
      if (!as) {
        if (!source) throw unknownRegister(registers);
        return drafted(actor, bare(source), { copyOf });
      }
      const drafts = await store.listDesigns(ctx.db);
      if ([...registers.map((one) => one.id), ...drafts.map((one) => one.registerId)].includes(as.id))
        throw wrong([{ path: 'as/id', message: words('designer.id-taken', { id: as.id }) }]);
      const like = source ? bare(source) : EMPTY;
      const validFrom = `${today().slice(0, 4)}-01-01`;
      const definition = { ...like, id: as.id, name: as.name.trim(), validFrom, verified: false };
      return drafted(actor, definition, { copyOf: copyOf ?? null });
    },
    async read(actor, { yaml }) {
      let value: unknown;
      try {
        value = parse(yaml);
      } catch {
        throw wrong([{ path: 'yaml', message: words('designer.not-yaml') }]);
      }
      const id = typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '';
      return drafted(actor, sound(value, (await newestOf(ctx.db, id)) ?? null), { from: 'yaml' });
    },
    async save(actor, id, { version, definition }) {
      const row = await requireDraft(id, version);
      const before = await newestOf(ctx.db, row.registerId);
      const register = sound({ ...definition, id: row.registerId }, before ?? null);
      return ctx.db.transaction().execute(async (trx) => {
        if (!(await store.changeDesign(trx, id, version, register, stampOf(actor)))) throw new AppError('row/stale');
        await note(trx, actor, 'save', id, { registerId: register.id });
        return { id, version: version + 1 };
      });
    },
    async publish(actor, id, { version, validFrom }) {
      await requireDraft(id, version);
      return ctx.db.transaction().execute(async (trx) => {
        // Two versions of one register are looked at one after the other.
        await store.lockDesigns(trx);
        const row = await store.findDesign(trx, id);
        if (!row) throw new AppError('row/missing');
        const before = (await newestOf(trx, row.registerId)) ?? null;
        const { validTo: _, ...rest } = row.definition;
        const definition = sound({ ...rest, validFrom }, before);
        const fault = await dayFault(trx, definition, before, today());
        if (fault) throw wrong([{ path: 'validFrom', message: fault }]);
        const digest = crypto.createHash('sha256').update(canonicalJson(definition)).digest('hex');
        if (!(await store.publishDesign(trx, id, version, { definition, digest, ...stampOf(actor) })))
          throw new AppError('row/stale');
        await note(trx, actor, 'publish', id, { registerId: definition.id, validFrom, digest });
        return { id, version: version + 1 };
      });
    },
    async discard(actor, id, { version }) {
      const row = await requireDraft(id, version);
      return ctx.db.transaction().execute(async (trx) => {
        if (!(await store.deleteDesign(trx, id, version))) throw new AppError('row/stale');
        await note(trx, actor, 'discard', id, { registerId: row.registerId });
        return { id };
      });
    },
    async end(actor, { registerId, lastDay, reason }) {
      if (reason.trim() === '') throw new AppError('dossier/reason-needed');
      return ctx.db.transaction().execute(async (trx) => {
        await store.lockDesigns(trx);
        const register = await requireRegister({ db: trx }, registerId, EVER);
        const fault = lastDay === null ? undefined : await endFault(trx, register, lastDay, today());
        if (fault) throw wrong([{ path: 'lastDay', message: fault }]);
        const id = uuidv7(ctx.clock.now());
        await store.insertEnding(trx, { id, registerId, lastDay, reason: reason.trim(), ...stampOf(actor) });
        await note(trx, actor, lastDay === null ? 'resume' : 'end', id, { registerId, lastDay, reason: reason.trim() });
        return { registerId, lastDay };
      });
    },
  };
}

function sound(value: unknown, before: RegisterDefinition | null): RegisterDefinition {
  const checked = checkDesign(value, before);
  if (checked.ok) return checked.register;
  const register = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  throw wrong(
    checked.findings.map(({ path, message }) => ({ path, message: `${placeInWords(path, register)}: ${message}` })),
  );
}

const wrong = (found: readonly { readonly path: string; readonly message: string }[]): AppError =>
  new AppError('registers/design', { fields: found.map((one) => ({ ...one, code: 'design' })) });
