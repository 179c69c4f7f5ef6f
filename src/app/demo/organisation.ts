import type { Actor } from '../../core/access/actor.ts';
import type { OrganisationService } from '../../modules/foundation/organisation/index.ts';
import { type DemoEra, type DemoFile, type DemoPerson, peopleOf, readDemoCodes, readDemoFile } from './demo-file.ts';

const DEMO: Actor & { kind: 'system' } = { kind: 'system', name: 'demo', assurance: 'system' };

/** An account to be made for a demo person, with what the terminal prints beside it. */
export type DemoAccount = {
  readonly login: string;
  readonly password: string;
  readonly staffId: string;
  readonly fullName: string;
  readonly title: string;
  readonly roles: readonly string[];
};

export type DemoOrganisation = {
  readonly accounts: readonly DemoAccount[];
  /** People of the identity simulator; the shape its adapter takes. */
  readonly citizens: DemoFile['citizens'];
  /** Administrative units the demo is about. */
  readonly homeUnitIds: readonly string[];
};

/**
 * Makes the people of a demo: staff, posts, roles and the invented unit codes. Content must have been loaded. Repeating
 * it makes nothing twice; accounts are returned for the identity module to make.
 */
export async function loadDemoOrganisation(organisation: OrganisationService, era: DemoEra): Promise<DemoOrganisation> {
  const file = readDemoFile(era);
  const idByKey = await organisation.unitIdsByKey();
  const unitId = (key: string): string => {
    const id = idByKey.get(key);
    if (id === undefined) throw new Error(`db/demo/${era}.yaml: no unit ${key} in content/units`);
    return id;
  };
  const units = await organisation.directory();
  for (const { unit, scheme, code } of readDemoCodes()) {
    const id = unitId(unit);
    const versions = units.historyOf(id);
    const [first, last] = [versions[0], versions.at(-1)];
    if (!first || units.codesOf(id).some((c) => c.scheme === scheme)) continue;
    await organisation.addCode(DEMO, id, { scheme, code, validFrom: first.validFrom, validTo: last?.validTo ?? null });
  }

  const accounts: DemoAccount[] = [];
  const roleNames = new Map((await organisation.listRoles()).map((role) => [role.code, role.name]));
  for (const person of peopleOf(file)) {
    const staffId = await makePerson(organisation, file, person, unitId);
    if (person.login === null) continue;
    const roles = person.posts.flatMap((post) =>
      post.role === undefined ? [] : (roleNames.get(post.role) ?? post.role),
    );
    accounts.push({
      login: person.login,
      password: file.password,
      staffId,
      fullName: person.name,
      title: person.posts[0]?.title ?? '',
      roles,
    });
  }
  return { accounts, citizens: file.citizens, homeUnitIds: file.home.map(unitId) };
}

async function makePerson(
  organisation: OrganisationService,
  file: DemoFile,
  person: DemoPerson,
  unitId: (key: string) => string,
): Promise<string> {
  const contentKey = `demo/${file.era}/${person.key}`;
  const known = await organisation.findStaffByKey(contentKey);
  if (known !== undefined) return known;
  const [main, ...further] = person.posts;
  if (!main) throw new Error(`demo person ${person.key} has no post`);
  const at = { validFrom: file.from };
  const email = person.login === null ? null : `${person.login}@example.vn`;
  const position = { ...at, unitId: unitId(main.at), title: main.title };
  const staffId = await organisation.createStaff(DEMO, { fullName: person.name, email, position, contentKey });
  for (const post of further)
    await organisation.addPosition(DEMO, staffId, { ...at, unitId: unitId(post.at), title: post.title });
  for (const post of person.posts) {
    if (post.role !== undefined)
      await organisation.grantRole(DEMO, staffId, {
        ...at,
        roleCode: post.role,
        unitId: unitId(post.roleAt ?? post.at),
      });
  }
  return staffId;
}
