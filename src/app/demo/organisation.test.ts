import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisationService, type OrganisationService } from '../../modules/foundation/organisation/index.ts';
import { createFixedClock } from '../../platform/config/config.ts';
import { createTestDatabase } from '../../platform/testing/database.ts';
import { DEMO_ERAS, peopleOf, readDemoFile } from './demo-file.ts';
import { loadDemoOrganisation } from './organisation.ts';

const day = { '2023': '2023-08-31', '2026': '2026-11-22' } as const;

describe.each(DEMO_ERAS)('the demo of %s', (era) => {
  let test: Awaited<ReturnType<typeof createTestDatabase>>;
  let organisation: OrganisationService;
  let demo: Awaited<ReturnType<typeof loadDemoOrganisation>>;
  const clock = createFixedClock(new Date(`${day[era]}T02:00:00Z`));
  beforeAll(async () => {
    test = await createTestDatabase();
    organisation = createOrganisationService({ db: test.db, clock });
    await organisation.loadContent();
    demo = await loadDemoOrganisation(organisation, era);
  });
  afterAll(() => test.drop());
  const grantsOf = async (login: string) => {
    const account = demo.accounts.find((a) => a.login === login);
    const grants = account && (await organisation.loadGrants(account.staffId, clock.now()));
    if (!grants) throw new Error(`no grants for ${login}`);
    return grants;
  };

  it('has somebody with an account for every role', async () => {
    const held = new Set((await Promise.all(demo.accounts.map((a) => grantsOf(a.login)))).flatMap((g) => g.roles));
    const wanted = [
      'receiver',
      'postal-receiver',
      'officer',
      'head-of-office',
      'chairman',
      'clerk',
      'archivist',
      'desk-head',
      'accountant',
      'inspector',
      'reporter',
      'administrator',
    ];
    for (const role of wanted) expect(held, role).toContain(role);
  });

  it('can be loaded twice', async () => {
    const again = await loadDemoOrganisation(organisation, era);
    expect(again).toEqual(demo);
    expect(
      (await organisation.listStaff({ kind: 'system', name: 'test', assurance: 'system' }, { pageSize: 200 })).total,
    ).toBe(peopleOf(readDemoFile(era)).length);
  });

  it('gives every commune and desk the people a dossier needs, and a code', async () => {
    const units = await organisation.directory();
    const communes = demo.homeUnitIds.flatMap((id) => {
      const home = units.unitOn(id, day[era]);
      return home?.level === 'district'
        ? units.childrenOn(id, day[era]).filter((u) => u.type === 'administrative')
        : home
          ? [home]
          : [];
    });
    expect(communes).toHaveLength(era === '2023' ? 11 : 3);
    for (const commune of communes) {
      const at = (kind: string): string => units.officeOn(commune.unitId, kind, day[era])?.unitId ?? '';
      const anybody = async (unitId: string, permission: string): Promise<void> =>
        expect(await organisation.staffOf(unitId, permission, day[era]), `${commune.name} ${permission}`).not.toEqual(
          [],
        );
      await anybody(at('mot-cua'), 'dossier.receive');
      await anybody(at('mot-cua'), 'dossier.hand-over');
      await anybody(at('tu-phap'), 'dossier.process');
      await anybody(at('van-hoa-xa-hoi'), 'dossier.process');
      await anybody(at('lanh-dao'), 'dossier.approve');
      await anybody(at('van-thu'), 'dossier.number');
      expect(units.codeOn(commune.unitId, era === '2023' ? 'tt10' : 'qd20', day[era])).toBeTruthy();
    }
  });

  it('keeps the postal clerk to the desk and the inspector to reading dossiers', async () => {
    const postal = await grantsOf('buudien.hiepduc');
    const units = await organisation.directory();
    expect(
      [...(postal.unitsByPermission.get('dossier.receive') ?? [])].map((id) => units.unitOn(id, day[era])?.kind),
    ).toEqual(['mot-cua']);
    expect(postal.unitsByPermission.has('dossier.read-personal')).toBe(false);
    const inspector = await grantsOf(era === '2023' ? 'kiemsoat.quangnam' : 'kiemsoat.danang');
    // The control office measures: reports, targets, indices, surveys, registers. No dossier comes there, and nothing of the
    // installation is edited there.
    const acts = [...inspector.unitsByPermission.keys()].filter((p) => /receive|process|approve|edit/.test(p)).sort();
    expect(acts).toEqual(['indices.edit', 'registers.edit', 'report.receive', 'surveys.edit', 'targets.edit']);
    expect(inspector.unitsByPermission.get('dossier.read')?.size).toBeGreaterThan(30);
  });

  it('uses only invented identity numbers', () => {
    expect(demo.citizens.length).toBeGreaterThanOrEqual(3);
    for (const citizen of demo.citizens) expect(citizen.idNumber).toMatch(/^999/);
  });
});
