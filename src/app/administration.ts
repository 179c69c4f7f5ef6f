import Type from 'typebox';
import { endpoint } from '../core/contract/endpoint.ts';
import { listUnverified } from '../modules/foundation/reference/index.ts';
import type { HttpApp } from '../platform/http/app.ts';
import type { System } from './system.ts';

/** Law shipped as content that nobody has compared with its source yet (contracts §4.13). */
export const unverifiedLaw = endpoint({
  id: 'listUnverifiedLaw',
  module: 'administration',
  method: 'GET',
  path: '/api/unverified-law',
  summary: 'Nội dung pháp lý chưa được kiểm tra',
  access: { permission: 'system.administer' },
  reply: Type.Object({
    rows: Type.Array(Type.Object({ file: Type.String(), item: Type.String(), note: Type.String() })),
    total: Type.Integer(),
  }),
});

export function registerAdministration(app: HttpApp, _system: System): void {
  app.handle(unverifiedLaw, async () => {
    const rows = listUnverified().map(({ file, place, label, source }) => ({
      file,
      item: label || place,
      note: source,
    }));
    return { rows, total: rows.length };
  });
}
