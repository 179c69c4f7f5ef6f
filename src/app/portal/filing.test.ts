import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7 } from '../../core/ids/uuid.ts';
import { citizen, createWorld, intakeBody, START, type World } from '../../modules/onestop/dossiers/testing/world.ts';
import { alsoMarkFiled, insertDraft } from '../../modules/onestop/portal/draft-store.ts';
import type { OnlineFiling } from '../../modules/onestop/portal/index.ts';
import { createDossierPort } from './dossiers.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const YEARS_LATER = new Date('2028-08-21T01:00:00Z');

async function draftOf(accountId: string): Promise<string> {
  const id = uuidv7(START);
  const body = intakeBody();
  await insertDraft(world.db, {
    id,
    accountId,
    secretDigest: null,
    procedureCode: body.procedureCode,
    revisionId: id,
    caseId: null,
    deskUnitId: body.unitId,
    applicant: { phone: '0900123456' },
    answers: {},
    at: START,
    expiresAt: new Date('2023-09-21T01:00:00Z'),
  });
  return id;
}

const filingOf = (draftId: string, more: Partial<OnlineFiling> = {}): OnlineFiling => {
  const { channel: _channel, forward: _forward, ...body } = intakeBody();
  return {
    ...body,
    revisionId: draftId,
    caseId: null,
    resultAddress: null,
    resultMethod: 'desk',
    fileOwner: { type: 'portal-draft', id: draftId },
    ...more,
  };
};

const stored = async (id: string) => {
  const { rows } = await sql<{ dossier_id: string | null; dossier_code: string | null; applicant: object }>`
    select dossier_id, dossier_code, applicant from portal.draft where id = ${id}`.execute(world.db);
  return rows[0];
};

it('a filing and the note on its draft are one: both, once, or neither', async () => {
  const unused = undefined as never;
  const port = createDossierPort({ dossiers: world.service, files: unused, renderer: unused, publicUrl: '' });
  const who = citizen(1);
  const draftId = await draftOf(who.accountId);
  const file = (filing: OnlineFiling) =>
    port.file(who, filing, draftId, (made) => [alsoMarkFiled(draftId, made, YEARS_LATER)]);

  await expect(file(filingOf(draftId, { components: [] }))).rejects.toMatchObject({
    code: 'dossier/components-missing',
  });
  expect(await stored(draftId)).toMatchObject({ dossier_id: null, applicant: { phone: '0900123456' } });

  const made = await Promise.all(Array.from({ length: 5 }, () => file(filingOf(draftId))));
  expect(new Set(made.map((one) => one.id)).size).toBe(1);
  expect(await stored(draftId)).toEqual({ dossier_id: made[0]?.id, dossier_code: made[0]?.code, applicant: {} });
});
