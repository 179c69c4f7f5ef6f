import { toIso } from '../../../core/time/index.ts';
import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { CalendarService } from './service.ts';

/** Binds the endpoints of calendars. */
export function registerCalendarRoutes(app: HttpApp, service: CalendarService): void {
  app.handle(contract.listCalendars, async () => ({ rows: await service.listCalendars() }));
  app.handle(contract.listCalendarRevisions, async ({ params }) => ({
    rows: (await service.listRevisions(params.code)).map((r) => ({
      ...r,
      publishedAt: toIso(r.publishedAt),
      supersededAt: r.supersededAt && toIso(r.supersededAt),
    })),
  }));
  app.handle(contract.getCalendarDefinition, async ({ params }) => ({
    definition: await service.getDefinition(params.id),
  }));
  app.handle(contract.checkCalendar, async ({ body }) => ({
    problems: service.check(body.definition).map((e) => ({ path: e.path, code: e.code, message: e.message })),
  }));
  app.handle(contract.createCalendar, async ({ actor, body }) => {
    const { code, name, ...first } = body;
    return { id: await service.createCalendar(actor, { code, name }, first) };
  });
  app.handle(contract.publishCalendarRevision, async ({ actor, params, body }) => ({
    id: await service.publishRevision(actor, params.code, body),
  }));
  app.handle(contract.getUnitCalendar, async ({ params, query }) => {
    const { inForce, assignments } = await service.getUnitCalendar(params.id, query.day);
    return { inForce, assignments: [...assignments] };
  });
  app.handle(contract.assignCalendar, async ({ actor, params, body }) => {
    await service.assignCalendar(actor, params.id, body.code, body.from, body.to);
    return { ok: true } as const;
  });
}
