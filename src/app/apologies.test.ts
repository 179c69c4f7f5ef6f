import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from '../core/ids/uuid.ts';
import { findDuty } from '../modules/onestop/apologies/duty-store.ts';
import { findApology } from '../modules/onestop/apologies/store.ts';
import { failure } from '../modules/onestop/dossiers/testing/failure.ts';
import { ACTOR, TO_DECIDED, UNIT } from '../modules/onestop/dossiers/testing/world.ts';
import { checkSlipData } from '../modules/onestop/slips/index.ts';
import { emit } from '../platform/events/outbox.ts';
import { type ApologyWorld, createApologyWorld, WHO } from './testing/apology-world.ts';

let world: ApologyWorld;
beforeAll(async () => {
  world = await createApologyWorld();
});
afterAll(() => world.drop());
// Received on Monday 21/8/2023 08:00 with three working days: due on Thursday 24/8 08:00.
// The timer sees the clock go back, as it would within half a minute.
beforeEach(async () => {
  world.goTo('2023-08-21 08:00');
  await world.apologies.takeUpLate();
});

const proposal = (dossierId: string, newDueDay: string | null = '2023-08-29', version?: number) => ({
  dossierId,
  reasonCode: 'xac-minh',
  reason: 'Phải xác minh tại nơi cư trú cũ.',
  newDueDay,
  ...(version === undefined ? {} : { version }),
});
const dueOf = async (id: string) =>
  (await world.rows(`select due_original, due_current, reappointments from dossiers.dossier where id = '${id}'`))[0];

describe('a re-appointment', () => {
  it('is proposed by the office, approved by the leader, numbered by the clerk, posted by the desk', async () => {
    const { id } = await world.receiveFor();
    world.goTo('2023-08-22 09:00');
    const proposed = await world.apologies.propose(WHO.officer, proposal(id));
    expect(proposed).toMatchObject({ version: 1, state: 'proposed' });
    const approved = await world.apologies.approve(WHO.chairman, proposed.id, 1);
    expect(await dueOf(id)).toMatchObject({
      due_original: new Date('2023-08-24T08:00:00+07:00'),
      due_current: new Date('2023-08-29T08:00:00+07:00'),
      reappointments: 1,
    });
    const issued = await world.apologies.issue(WHO.clerk, proposed.id, approved.version);
    expect(issued.state).toBe('issued');
    const { data, setId } = await world.apologies.paper(WHO.officer, proposed.id);
    expect(setId).toBe('tt01-2018');
    expect(checkSlipData('APOLOGY', data).ok).toBe(true);
    expect(data).toMatchObject({
      letterhead: { number: '01/PXL-UBND' },
      late: false,
      dueAt: '2023-08-24T08:00:00+07:00',
      newDueAt: '2023-08-29T08:00:00+07:00',
    });
    // Neither account nor mail address: the desk prints and posts.
    const [waiting] = (await world.apologies.list(WHO.desk, { tab: 'waiting' })).rows;
    expect(waiting?.apology).toMatchObject({ acts: ['deliver', 'print'], deliveries: [{ channel: 'paper' }] });
    await world.apologies.recordPaper(WHO.desk, proposed.id, issued.version, 'Bưu gửi số 12');
    expect(await findApology(world.db, proposed.id)).toMatchObject({ state: 'sent', lateNotice: false });
    const [shown] = await world.apologies.shownFor(data.dossierCode);
    expect(shown?.text).toContain('08:00 ngày 29/08/2023');
  });

  it('is marked late from the day before the due date on, and possible once only', async () => {
    const { id } = await world.receiveFor();
    world.goTo('2023-08-24 07:30');
    const first = await world.apologies.propose(WHO.officer, proposal(id));
    expect(await findApology(world.db, first.id)).toMatchObject({ lateNotice: true, kind: 'reappointment' });
    const approved = await world.apologies.approve(WHO.chairman, first.id, first.version);
    await world.apologies.issue(WHO.clerk, first.id, approved.version);
    const again = await failure(world.apologies.propose(WHO.officer, proposal(id, '2023-09-08')));
    expect(again.code).toBe('apology/refused');
    // The new date broken is a new lateness: the paper that moved the date does not answer for it.
    world.goTo('2023-08-29 09:00');
    await world.apologies.takeUpLate();
    expect(await findDuty(world.db, id)).toMatchObject({ apologyId: null });
    const sorry = await world.apologies.propose(WHO.officer, proposal(id, null));
    expect(await findApology(world.db, sorry.id)).toMatchObject({ kind: 'apology', newDueAt: null });
  });

  it.each([
    ['2023-08-24', 'not later than the present date'],
    ['2023-08-27', 'a Sunday'],
    [null, 'no date'],
  ])('is refused for %s (%s)', async (day, _why) => {
    const { id } = await world.receiveFor();
    expect((await failure(world.apologies.propose(WHO.officer, proposal(id, day)))).code).toBe('apology/refused');
  });

  it('can be returned and proposed again; the reader of an old version is told', async () => {
    const { id } = await world.receiveFor();
    const first = await world.apologies.propose(WHO.officer, proposal(id));
    const returned = await world.apologies.returnProposal(WHO.chairman, first.id, 1, 'Ngày hẹn quá xa');
    expect((await failure(world.apologies.propose(WHO.officer, proposal(id, '2023-08-28', 1)))).code).toBe('row/stale');
    const second = await world.apologies.propose(WHO.officer, proposal(id, '2023-08-28', returned.version));
    expect(second).toMatchObject({ id: first.id, state: 'proposed' });
    expect((await failure(world.apologies.propose(WHO.officer, proposal(id)))).code).toBe('apology/open');
    await world.apologies.withdraw(WHO.officer, second.id, second.version, 'Kịp giải quyết');
    expect((await failure(world.apologies.approve(WHO.chairman, second.id, second.version + 1))).code).toBe(
      'apology/illegal-act',
    );
  });

  it('is written once for a repeated request, which gets the first reply, and refused under the key of another', async () => {
    const { id } = await world.receiveFor();
    const both = await Promise.all(
      [1, 2].map(() => world.apologies.propose(WHO.officer, proposal(id), 'khoa-de-xuat')),
    );
    expect(both[0]).toEqual(both[1]);
    const [made] = both;
    if (!made) throw new Error('a proposal');
    expect(await world.apologies.propose(WHO.officer, proposal(id), 'khoa-de-xuat')).toEqual(made);
    expect((await failure(world.apologies.propose(WHO.officer, proposal(id, '2023-08-30'), 'khoa-de-xuat'))).code).toBe(
      'request/repeated-differently',
    );
    const approved = await world.apologies.approve(WHO.chairman, made.id, 1, 'khoa-duyet');
    // By now the version has moved on: without the key it is a conflict, with it the answer that got lost.
    expect((await failure(world.apologies.approve(WHO.chairman, made.id, 1))).code).toBe('row/stale');
    expect(await world.apologies.approve(WHO.chairman, made.id, 1, 'khoa-duyet')).toEqual(approved);
    expect(await dueOf(id)).toMatchObject({ reappointments: 1 });
    // A refused request leaves no trace of its key: it may be tried again.
    const early = { dossierId: id, reasonCode: 'bat-kha-khang', reason: 'x', evidence: 'y', fileIds: [] };
    expect((await failure(world.apologies.requestExemption(WHO.officer, early, 'khoa-mien'))).code).toBe(
      'apology/refused',
    );
    expect(await world.rows("select 1 from platform.idempotency where key like '%khoa-mien'")).toEqual([]);
    expect(
      await world.rows(
        "select reply from platform.idempotency where key like '%khoa-%' and reply::text like '%xác minh%'",
      ),
    ).toEqual([]);
  });

  it('is decided by one of two heads; the other is told, and the date moved once', async () => {
    const { id } = await world.receiveFor();
    const { id: one, version } = await world.apologies.propose(WHO.officer, proposal(id));
    const both = await Promise.allSettled([
      world.apologies.approve(WHO.chairman, one, version),
      world.apologies.approve(WHO.deputy, one, version),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find((outcome) => outcome.status === 'rejected');
    expect((lost as PromiseRejectedResult).reason).toMatchObject({ code: 'row/stale' });
    expect(await dueOf(id)).toMatchObject({ reappointments: 1 });
  });

  it('is nobody else’s business: foreign is missing, without the right it is forbidden', async () => {
    const { id } = await world.receiveFor();
    expect((await failure(world.apologies.propose(WHO.otherOfficer, proposal(id)))).code).toBe('row/missing');
    expect((await failure(world.apologies.propose(WHO.desk, proposal(id)))).code).toBe('access/forbidden');
    const { id: one } = await world.apologies.propose(WHO.officer, proposal(id));
    expect((await failure(world.apologies.approve(WHO.officer, one, 1))).code).toBe('access/forbidden');
    expect((await failure(world.apologies.approve(WHO.otherOfficer, one, 1))).code).toBe('row/missing');
  });

  it('is withdrawn with a trace where the dossier ends before the decision', async () => {
    const { id } = await world.receiveFor();
    const { id: one } = await world.apologies.propose(WHO.officer, proposal(id));
    for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], id, command);
    await world.settle();
    expect(await findApology(world.db, one)).toMatchObject({
      state: 'withdrawn',
      withdrawnBy: 'system:apologies',
      withdrawReason: 'Hồ sơ đã kết thúc trước khi đề xuất được duyệt',
    });
    const trail = await world.rows(
      `select 1 from audit.entry where action = 'apology.withdraw' and object_id = '${one}'`,
    );
    expect(trail).toHaveLength(1);
    expect((await failure(world.apologies.approve(WHO.chairman, one, 2))).code).toBe('apology/illegal-act');
  });

  it('is drafted once where a warning asks for it', async () => {
    const { id } = await world.receiveFor();
    const warn = (acts: string[]) =>
      emit(world.db, [
        {
          id: uuidv7(world.clock.now()),
          topic: 'warning.reached',
          key: id,
          payload: { dossierId: id, acts, holderUnitId: UNIT.office },
          occurredAt: world.clock.now(),
        },
      ]);
    await warn(['remind-holder']);
    await warn(['prepare-apology']);
    await warn(['prepare-apology']);
    await world.settle();
    const section = await world.apologies.ofDossier(WHO.officer, id);
    expect(section.rows).toMatchObject([{ state: 'draft', origin: 'warning', acts: ['propose', 'withdraw'] }]);
    const draft = section.rows[0];
    const done = await world.apologies.propose(WHO.officer, proposal(id, '2023-08-29', draft?.version));
    expect(done).toMatchObject({ id: draft?.id, state: 'proposed' });
  });
});

describe('the duty list', () => {
  const todo = async () => (await world.apologies.list(WHO.chairman, { tab: 'todo' })).rows.map((row) => row.dossierId);

  it('takes up what became late, keeps it whatever is under way, and lets go for an issued paper only', async () => {
    const { id } = await world.receiveFor();
    world.goTo('2023-08-24 07:59');
    await world.apologies.takeUpLate();
    expect(await todo()).not.toContain(id);
    world.goTo('2023-08-24 08:01');
    await world.apologies.takeUpLate();
    expect(await todo()).toContain(id);
    const sorry = await world.apologies.propose(WHO.officer, proposal(id, null));
    expect(await todo()).toContain(id);
    const approved = await world.apologies.approve(WHO.chairman, sorry.id, sorry.version);
    expect(await todo()).toContain(id);
    await world.apologies.issue(WHO.clerk, sorry.id, approved.version);
    expect(await todo()).not.toContain(id);
  });

  it('leaves out what is paused before its date, and an end in time on the same day', async () => {
    const paused = await world.receiveFor();
    const quick = await world.receiveFor();
    await world.act(ACTOR.officer, paused.id, { kind: 'open' });
    await world.act(ACTOR.officer, paused.id, {
      kind: 'request-supplement',
      items: [{ code: 'giay-to', name: 'Giấy tờ', what: 'Bản rõ hơn' }],
      reason: 'Bản chụp mờ',
    } as never);
    world.goTo('2023-08-24 08:30');
    await world.apologies.takeUpLate();
    expect(await todo()).toContain(quick.id);
    expect(await todo()).not.toContain(paused.id);
    for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], quick.id, command);
    await world.settle();
    // By date: ended on the day it was due is on time.
    expect(await todo()).not.toContain(quick.id);
  });

  it('lets go for an exemption somebody else approves, with reason and evidence in the trail', async () => {
    const { id } = await world.receiveFor();
    expect(
      (
        await failure(
          world.apologies.requestExemption(WHO.officer, {
            dossierId: id,
            reasonCode: 'bat-kha-khang',
            reason: 'x',
            evidence: 'y',
            fileIds: [],
          }),
        )
      ).code,
    ).toBe('apology/refused');
    world.goTo('2023-08-25 08:00');
    await world.apologies.takeUpLate();
    const order = {
      dossierId: id,
      reasonCode: 'bat-kha-khang',
      reason: 'Bão lũ, cơ quan đóng cửa',
      evidence: 'Công văn 12/UBND',
      fileIds: [],
    };
    const asked = await world.apologies.requestExemption(WHO.officer, order);
    expect(await todo()).toContain(id);
    expect((await failure(world.apologies.requestExemption(WHO.officer, order))).code).toBe('apology/open');
    const both = await Promise.allSettled(
      [true, false].map((approve) =>
        world.apologies.decideExemption(WHO.chairman, asked.id, { version: 1, approve, note: '' }),
      ),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = both[0]?.status === 'rejected';
    if (refused) {
      const again = await world.apologies.requestExemption(WHO.officer, order);
      await world.apologies.decideExemption(WHO.chairman, again.id, { version: 1, approve: true, note: '' });
    }
    expect(await todo()).not.toContain(id);
    expect((await world.apologies.list(WHO.chairman, { tab: 'exempt' })).rows.map((row) => row.dossierId)).toContain(
      id,
    );
  });

  it('asks for a file where the kind of reason does; who decides opens it, and it stays in the history', async () => {
    const { id } = await world.receiveFor();
    world.goTo('2023-08-25 08:00');
    await world.apologies.takeUpLate();
    const ask = (more: { reasonCode?: string; evidence?: string; fileIds?: string[] }) =>
      world.apologies.requestExemption(WHO.officer, {
        dossierId: id,
        reasonCode: 'cho-co-quan-khac',
        reason: 'Cơ quan thuế trả lời chậm',
        evidence: 'Công văn 12/CT',
        fileIds: [],
        ...more,
      });
    const path = async (more: Parameters<typeof ask>[0]) =>
      (await failure(ask(more))).details.fields?.map((field) => field.path);
    expect(await path({})).toEqual(['body.fileIds']);
    expect(await path({ reasonCode: 'la-lung' })).toEqual(['body.reasonCode']);
    expect(await path({ reasonCode: 'bat-kha-khang', evidence: ' ' })).toEqual(['body.evidence']);
    const foreign = await world.upload(WHO.otherOfficer, 'la.pdf');
    expect((await failure(ask({ fileIds: [foreign] }))).code).toBe('row/missing');

    const fileId = await world.upload(WHO.officer, 'cong-van-12.pdf');
    const asked = await ask({ evidence: '', fileIds: [fileId] });
    const shown = async () => (await world.apologies.ofDossier(WHO.chairman, id)).exemptions;
    const files = [{ id: fileId, name: 'cong-van-12.pdf' }];
    expect(await shown()).toMatchObject([{ state: 'requested', reasonName: 'Cơ quan khác trả lời chậm', files }]);
    await world.apologies.checkEvidenceReadable(WHO.chairman, asked.id, fileId);
    for (const [who, exemption, file] of [
      [WHO.otherOfficer, asked.id, fileId],
      [WHO.chairman, asked.id, foreign],
    ] as const)
      expect((await failure(world.apologies.checkEvidenceReadable(who, exemption, file))).code).toBe('row/missing');
    expect(
      await world.rows(
        `select 1 from audit.entry where action = 'apology.read-evidence' and object_id = '${asked.id}'`,
      ),
    ).toHaveLength(1);
    // The same file is nobody's upload any more; decided either way it stays where it was shown.
    await world.apologies.decideExemption(WHO.chairman, asked.id, { version: 1, approve: false, note: 'Chưa rõ' });
    expect((await failure(ask({ fileIds: [fileId] }))).code).toBe('row/missing');
    expect(await shown()).toMatchObject([{ state: 'refused', files }]);
    await world.apologies.checkEvidenceReadable(WHO.chairman, asked.id, fileId);
  });

  it('equals counting anew from the dossiers', async () => {
    world.goTo('2023-09-08 08:00');
    await world.apologies.takeUpLate();
    await world.settle();
    const before = await world.rows(
      'select dossier_id, due_at, ended_at, apology_id, exemption_id from apologies.duty order by 1',
    );
    expect(before.length).toBeGreaterThan(3);
    expect(await world.apologies.rebuildDuties()).toBeGreaterThanOrEqual(before.length);
    const after = await world.rows(
      'select dossier_id, due_at, ended_at, apology_id, exemption_id from apologies.duty order by 1',
    );
    expect(after).toEqual(before);
  });

  it('is taken up by one process at a time, and a clock moved back loses and doubles nothing', async () => {
    world.goTo('2023-09-11 08:00');
    await world.apologies.takeUpLate();
    const count = async () => (await world.rows('select count(*)::int n from apologies.duty'))[0]?.['n'];
    const first = await count();
    world.goTo('2023-09-10 08:00');
    await world.apologies.takeUpLate();
    expect(await count()).toBeLessThanOrEqual(Number(first));
    world.goTo('2023-09-11 09:00');
    await Promise.all([world.apologies.takeUpLate(), world.apologies.takeUpLate()]);
    expect(await count()).toBe(first);
  });
});

describe('figures', () => {
  it('are as long as the lists behind them, over one named denominator', async () => {
    const late = await world.receiveFor();
    world.goTo('2023-08-25 08:00');
    for (const [who, command] of TO_DECIDED) await world.act(ACTOR[who], late.id, command);
    await world.settle();
    world.goTo('2023-09-08 09:00');
    await world.apologies.takeUpLate();
    const days = { from: '2023-08-01', to: '2023-09-30' };
    const { total, units, denominatorName } = await world.apologies.figures(WHO.chairman, days);
    expect(denominatorName).toBe('late-of-due');
    expect(total.lateFinished).toBeGreaterThan(0);
    expect(total.withApology).toBeGreaterThan(0);
    expect(total.late).toBe(total.withApology + total.exempted + total.without);
    expect(total.denominator).toBe(total.finished + total.lateOpen);
    expect(units.map((unit) => unit.unitId)).toEqual([UNIT.authority]);
    for (const [figure, value] of [
      ['late', total.late],
      ['with', total.withApology],
      ['exempted', total.exempted],
      ['without', total.without],
    ] as const)
      expect((await world.apologies.listLate(WHO.chairman, { ...days, figure })).total, figure).toBe(value);
    // What is owed now stands in the duty list, one line each.
    const todo = await world.apologies.list(WHO.chairman, { tab: 'todo' });
    expect(todo.rows.filter((row) => row.late)).toHaveLength(total.without);
  });
});

describe('what the citizen is told', () => {
  it('goes by e-mail, is followed until it left, and falls back to paper', async () => {
    const sent = await world.receiveFor({ email: 'nguoi.nop@example.vn' });
    const lost = await world.receiveFor({ email: 'khong-co@example.vn' });
    const issue = async (id: string) => {
      const proposed = await world.apologies.propose(WHO.officer, proposal(id));
      const approved = await world.apologies.approve(WHO.chairman, proposed.id, proposed.version);
      return world.apologies.issue(WHO.clerk, proposed.id, approved.version);
    };
    const [first, second] = [await issue(sent.id), await issue(lost.id)];
    expect(await world.apologies.followMails()).toBe(0);
    const [mail] = await world.rows(
      `select body from notifications.message where dossier_id = '${sent.id}' and channel = 'email'`,
    );
    expect(mail?.['body']).toContain('Cần thêm thời gian xác minh');
    expect(mail?.['body']).not.toContain('Thử Ánh');
    await world.rows(`update notifications.message set status = 'sent' where dossier_id = '${sent.id}'`);
    await world.rows(`update notifications.message set status = 'failed' where dossier_id = '${lost.id}'`);
    expect(await world.apologies.followMails()).toBe(2);
    expect(await findApology(world.db, first.id)).toMatchObject({ state: 'sent' });
    expect(await findApology(world.db, second.id)).toMatchObject({ state: 'issued' });
    const waiting = await world.apologies.list(WHO.desk, { tab: 'waiting', q: lost.code });
    expect(waiting.rows[0]?.apology?.deliveries).toMatchObject([
      { channel: 'email', state: 'failed' },
      { channel: 'paper', state: 'waiting' },
    ]);
  });

  it('is on the public list without any person’s data', async () => {
    const listed = await world.apologies.listPublic({ unitId: undefined, month: '2023-08', offset: 0, limit: 100 });
    expect(listed.total).toBeGreaterThan(0);
    expect(listed.rows).toHaveLength(listed.total);
    expect(Object.keys(listed.rows[0] ?? {}).sort()).toEqual(
      ['code', 'finishedAt', 'issuedAt', 'dueOriginal', 'newDueAt', 'procedureName', 'reasonName', 'unitName'].sort(),
    );
    expect(JSON.stringify(listed)).not.toMatch(/Thử Ánh|Phải xác minh/);
    expect(
      (await world.apologies.listPublic({ unitId: UNIT.otherAuthority, month: undefined, offset: 0, limit: 9 })).total,
    ).toBe(0);
  });
});
