import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { PARTS } from './rules/finding.ts';
import { RUN_KINDS } from './rules/run-findings.ts';

const administer = { module: 'operation', access: { permission: 'system.administer' } } as const;
const anyOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));
const InstantOrNull = Type.Union([Type.String(), Type.Null()]);
const Settings = Type.Array(Type.Object({ name: Type.String(), value: Type.String() }));

export const getSystemStatus = endpoint({
  id: 'getSystemStatus',
  ...administer,
  method: 'GET',
  path: '/api/system',
  summary: 'Tình trạng hệ thống: điều chưa ổn kèm việc phải làm, công việc nền, cấu hình đang dùng',
  reply: Type.Object({
    checkedAt: Type.String(),
    findings: Type.Array(
      Type.Object({
        id: Type.String(),
        part: anyOf(PARTS),
        status: anyOf(['ok', 'warning', 'failed'] as const),
        text: Type.String(),
        advice: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
    runs: Type.Array(
      Type.Object({ kind: anyOf(RUN_KINDS), endedAt: Type.String(), ok: Type.Boolean(), detail: Type.String() }),
    ),
    timers: Type.Array(
      Type.Object({
        name: Type.String(),
        everyMs: Type.Integer(),
        runs: Type.Integer(),
        failures: Type.Integer(),
        lastEndedAt: InstantOrNull,
        lastMs: Type.Union([Type.Integer(), Type.Null()]),
        lastError: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
    settings: Settings,
    versions: Settings,
  }),
});

export const retryDeliveries = endpoint({
  id: 'retryDeliveries',
  ...administer,
  method: 'POST',
  path: '/api/system/deliveries/retry',
  summary: 'Phát lại các sự kiện đã bỏ sau nhiều lần',
  reply: Type.Object({ count: Type.Integer() }),
});

export const sendTestMail = endpoint({
  id: 'sendTestMail',
  ...administer,
  method: 'POST',
  path: '/api/system/test-mail',
  summary: 'Gửi một thư thử và xem máy chủ thư trả lời gì',
  body: Type.Object({ to: Type.String({ maxLength: 200, pattern: '^[^@\\s<>,;]+@[^@\\s<>,;]+$' }) }),
  reply: Type.Object({ ok: Type.Boolean(), detail: Type.String() }),
});
