/** The door of `registers`: figures that live outside of this system, entered by units. */

export { findRegisterOn, registersOn } from './catalogue.ts';
export { allRegisters, findRegister } from './content.ts';
export type { RegisterContext } from './context.ts';
export { registerDesignRoutes } from './design-routes.ts';
export { createDesignService, type DesignService } from './design-service.ts';
export type { RegisterPorts, RegisterResult, ResultSource } from './ports.ts';
export { type PublishedFigures, recordPublished } from './published-service.ts';
export { createRegisterTimer } from './remind-service.ts';
export { registerRegisterRoutes } from './routes.ts';
export type { Register, RegisterDefinition } from './rules/register.ts';
export { resultParts } from './rules/result.ts';
export { createRegisterService, type RegisterService } from './service.ts';
export { type RegisterFigure, registerFigures, registerValue } from './value-service.ts';
