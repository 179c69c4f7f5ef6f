import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';

/** Name, era and strips of this installation: what both faces of the system show on top. */
export const getInstallation = endpoint({
  id: 'getInstallation',
  module: 'portal',
  method: 'GET',
  path: '/api/installation',
  summary: 'Thông tin chung của hệ thống: tên cơ quan, thời kỳ, dải thông báo',
  access: 'public',
  reply: Type.Object({
    name: Type.String(),
    banners: Type.Array(
      Type.Object({
        tone: Type.Union([
          Type.Literal('info'),
          Type.Literal('training'),
          Type.Literal('warning'),
          Type.Literal('danger'),
        ]),
        word: Type.String(),
        text: Type.String(),
      }),
    ),
  }),
});

/** Accounts anybody may use, in a demo; elsewhere the address does not exist. */
export const getDemo = endpoint({
  id: 'getDemo',
  module: 'portal',
  method: 'GET',
  path: '/api/demo',
  summary: 'Tài khoản trình diễn (chỉ có ở bản trình diễn)',
  access: 'public',
  reply: Type.Object({
    demo: Type.Boolean(),
    era: Type.String(),
    /** The legal day of the demo's clock. */
    today: Type.String(),
    accounts: Type.Array(
      Type.Object({ login: Type.String(), password: Type.String(), role: Type.String(), unit: Type.String() }),
    ),
  }),
});
