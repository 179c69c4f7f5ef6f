import type { HttpApp } from '../../../platform/http/app.ts';
import * as contract from './contract.ts';
import type { BoardService } from './service.ts';

/** Binds the endpoints of boards. */
export function registerBoardRoutes(app: HttpApp, service: BoardService): void {
  app.handle(contract.getHeadBoard, ({ actor, query }) => service.desk(actor, query));
  app.handle(contract.listBoardRows, ({ actor, query }) => service.deskRows(actor, query));
  app.handle(contract.listUnitRows, ({ actor, query }) => service.unitRows(actor, query));
  app.handle(contract.getUnitsBoard, ({ actor, query }) => service.units(actor, query));
}
