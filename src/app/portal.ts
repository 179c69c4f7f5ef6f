import type { HttpApp } from '../platform/http/app.ts';
import type { System } from './system.ts';

export async function registerPortal(_app: HttpApp, _system: System, _secure: boolean): Promise<void> {}
