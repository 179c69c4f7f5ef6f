import type { HttpApp } from '../../../platform/http/app.ts';
import { sendMade } from '../../../platform/http/send-made.ts';
import * as contract from './contract-design.ts';
import type { DesignService } from './design-service.ts';

const access = { permission: 'registers.design' } as const;

/** Binds the endpoints of registers that are designed in the console. */
export function registerDesignRoutes(app: HttpApp, service: DesignService): void {
  app.handle(contract.listRegisterDesigns, () => service.list());
  app.handle(contract.getRegisterDesign, ({ params }) => service.get(params.id));
  app.handle(contract.createRegisterDesign, ({ actor, body, idempotencyKey }) =>
    service.create(actor, body, idempotencyKey),
  );
  app.handle(contract.readRegisterDesign, ({ actor, body, idempotencyKey }) =>
    service.read(actor, body, idempotencyKey),
  );
  app.handle(contract.endRegister, ({ actor, body, idempotencyKey }) => service.end(actor, body, idempotencyKey));
  app.handle(contract.saveRegisterDesign, ({ actor, params, body, idempotencyKey }) =>
    service.save(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.publishRegisterDesign, ({ actor, params, body, idempotencyKey }) =>
    service.publish(actor, params.id, body, idempotencyKey),
  );
  app.handle(contract.discardRegisterDesign, ({ actor, params, body, idempotencyKey }) =>
    service.discard(actor, params.id, body, idempotencyKey),
  );
  app.page({ method: 'GET', path: '/api/register-designs/:id/template.xlsx', access }, async ({ request, reply }) => {
    const { id } = request.params as { id: string };
    const made = await service.template(id);
    return sendMade(reply, made.name, made.bytes);
  });
}
