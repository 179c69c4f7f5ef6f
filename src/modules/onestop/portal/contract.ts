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
