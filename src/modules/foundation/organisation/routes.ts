import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import { SUCCESSION_REFUSED } from './rules/succession-words.ts';
import type { OrganisationService } from './service.ts';

const done = { ok: true } as const;

/** Binds the module's endpoints. What an actor may see or change is decided in the services. */
export function registerOrganisationRoutes(app: HttpApp, service: OrganisationService): void {
  app.handle(contract.pickUnits, async ({ query }) => ({ rows: await service.pickUnits(query) }));
  app.handle(contract.listUnits, ({ query }) => service.listUnits(query));
  app.handle(contract.listUnitChildren, async ({ params, query }) => ({
    rows: await service.listChildren(params.id === 'root' ? null : params.id, query.day),
  }));
  app.handle(contract.getUnit, ({ params, query }) => service.getUnitDetail(params.id, query.day));
  app.handle(contract.createUnit, async ({ actor, body }) => ({ id: await service.createUnit(actor, body) }));
  app.handle(contract.reviseUnit, async ({ actor, params, body }) => {
    await service.reviseUnit(actor, params.id, body);
    return done;
  });
  app.handle(contract.endUnit, async ({ actor, params, body }) => {
    await service.endUnit(actor, params.id, body.lastDay);
    return done;
  });
  app.handle(contract.addUnitCode, async ({ actor, params, body }) => {
    await service.addCode(actor, params.id, body);
    return done;
  });
  app.handle(contract.listOfficeTemplates, async () => ({
    rows: service.listOfficeTemplates().map((t) => ({ ...t, levels: [...t.levels] })),
  }));
  app.handle(contract.createOffices, async ({ actor, params, body }) => ({
    ids: [...(await service.createOffices(actor, params.id, body.template, body.from))],
  }));
  app.handle(contract.previewSuccession, async ({ actor, body }) => {
    const { problems, units, staff } = await service.previewSuccession(actor, body);
    return {
      problems: problems.map(({ code, name }) => SUCCESSION_REFUSED[code](name)),
      units: [...units],
      staff: staff.map((one) => ({ ...one, positions: [...one.positions], grants: [...one.grants] })),
    };
  });
  app.handle(contract.recordSuccession, async ({ actor, body }) => ({
    id: await service.recordSuccession(actor, body),
  }));

  app.handle(contract.listStaff, ({ actor, query }) => service.listStaff(actor, query));
  app.handle(contract.getStaff, ({ actor, params }) => service.getStaff(actor, params.id));
  app.handle(contract.createStaff, async ({ actor, body }) => ({ id: await service.createStaff(actor, body) }));
  app.handle(contract.updateStaff, async ({ actor, params, body }) => {
    const { version, ...set } = body;
    await service.updateStaff(actor, params.id, version, {
      fullName: set.fullName,
      email: set.email ?? null,
      phone: set.phone ?? null,
      endedOn: set.endedOn ?? null,
    });
    return done;
  });
  app.handle(contract.addPosition, async ({ actor, params, body }) => ({
    id: await service.addPosition(actor, params.id, body),
  }));
  app.handle(contract.endPosition, async ({ actor, params, body }) => {
    await service.endPosition(actor, params.id, body.lastDay);
    return done;
  });
  app.handle(contract.grantRole, async ({ actor, params, body }) => ({
    id: await service.grantRole(actor, params.id, body),
  }));
  app.handle(contract.endGrant, async ({ actor, params, body }) => {
    await service.endGrant(actor, params.id, body.lastDay);
    return done;
  });
  app.handle(contract.listRoles, async () => ({
    rows: (await service.listRoles()).map((r) => ({ ...r, permissions: [...r.permissions] })),
  }));
}
