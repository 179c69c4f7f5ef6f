import type { Row } from './procedure-draft.ts';

/** One field of a row or of the head of a definition. `path` is dotted; label: `console.procedure-edit.<label>`. */
export type FieldSpec =
  | { readonly path: string; readonly label: string; readonly kind: 'text' | 'lines' | 'number' | 'check' | 'day' }
  | { readonly path: string; readonly label: string; readonly kind: 'allow' }
  /** Labels of the options: `console.procedure-edit.<options>.<value>`. */
  | {
      readonly path: string;
      readonly label: string;
      readonly kind: 'choice';
      readonly options: string;
      readonly values: readonly string[];
      /** May be left out, which means “any”. */
      readonly optional?: boolean;
    }
  | { readonly path: string; readonly label: string; readonly kind: 'case' };

/** A list of a definition: its fields and what a new row begins with. */
export type ListSpec = {
  readonly member: string;
  readonly fields: readonly FieldSpec[];
  readonly fresh: (number: number) => Row;
};

const CHANNELS = ['desk', 'online', 'post'];
const text = (path: string, label: string) => ({ path, label, kind: 'text' }) as const;
const number = (path: string, label: string) => ({ path, label, kind: 'number' }) as const;
const check = (path: string, label: string) => ({ path, label, kind: 'check' }) as const;
const choice = (path: string, options: string, values: readonly string[], optional = false) =>
  ({ path, label: path, kind: 'choice', options, values, optional }) as const;
const inCase = { path: 'case', label: 'case', kind: 'case' } as const;
const allow = { path: 'allow', label: 'allow', kind: 'allow' } as const;

export const HEAD: readonly FieldSpec[] = [
  { path: 'name', label: 'name', kind: 'lines' },
  text('field.code', 'field-code'),
  text('field.name', 'field-name'),
  { path: 'authority.text', label: 'authority', kind: 'lines' },
  { path: 'validFrom', label: 'valid-from', kind: 'day' },
  choice('onlineLevel', 'online-level', ['full', 'partial', 'none']),
  check('nonTerritorial', 'non-territorial'),
  check('guestFiling', 'guest-filing'),
  check('verified', 'verified'),
];

export const CHANNEL_FIELDS: readonly FieldSpec[] = CHANNELS.map((channel) =>
  check(`channels.${channel}`, `channels.${channel}`),
);

export const LISTS: readonly ListSpec[] = [
  {
    member: 'cases',
    fields: [text('id', 'id'), text('name', 'name'), text('condition', 'condition')],
    fresh: (n) => ({ id: `truong-hop-${n}`, name: '' }),
  },
  {
    member: 'timeLimits',
    fields: [
      inCase,
      choice('area', 'area', ['normal', 'difficult'], true),
      choice('channel', 'channel', CHANNELS, true),
      allow,
      choice('supplementPolicy', 'supplement', ['pause', 'restart'], true),
      text('source', 'source'),
      check('verified', 'verified'),
    ],
    fresh: () => ({ allow: { unit: 'working-day', amount: 1 }, verified: false }),
  },
  {
    member: 'components',
    fields: [
      text('id', 'id'),
      { path: 'name', label: 'name', kind: 'lines' },
      number('originals', 'originals'),
      number('copies', 'copies'),
      choice('present', 'present', ['submit', 'show', 'note']),
      inCase,
      check('required', 'required'),
      text('code', 'code'),
    ],
    fresh: (n) => ({
      id: `giay-to-${n}`,
      code: '',
      name: '',
      required: true,
      originals: 1,
      copies: 0,
      present: 'submit',
    }),
  },
  {
    member: 'fees',
    fields: [
      text('id', 'id'),
      text('name', 'name'),
      choice('kind', 'fee-kind', ['fee', 'charge']),
      number('amountVnd', 'amount'),
      text('rule', 'rule'),
      choice('channel', 'channel', CHANNELS, true),
      inCase,
      choice('payWhen', 'pay-when', ['intake', 'result']),
      check('setByProvince', 'set-by-province'),
      text('source', 'source'),
      check('verified', 'verified'),
    ],
    fresh: (n) => ({
      id: `khoan-thu-${n}`,
      name: '',
      kind: 'charge',
      amountVnd: 0,
      payWhen: 'intake',
      verified: false,
    }),
  },
  {
    member: 'steps',
    fields: [
      text('id', 'id'),
      text('name', 'name'),
      choice('kind', 'step-kind', ['receive', 'process', 'review', 'approve', 'number', 'hand-over']),
      choice('role', 'role', ['receiver', 'officer', 'head-of-office', 'chairman', 'clerk', 'returner']),
      choice('at', 'at', ['desk', 'office', 'authority']),
      text('office', 'office'),
      allow,
      text('guide', 'guide'),
    ],
    fresh: (n) => ({
      id: `buoc-${n}`,
      name: '',
      kind: 'process',
      role: 'officer',
      at: 'office',
      office: 'tu-phap',
      allow: { unit: 'working-day', amount: 0.5 },
    }),
  },
  {
    member: 'legalBases',
    fields: [text('code', 'code'), { path: 'name', label: 'name', kind: 'lines' }],
    fresh: () => ({ code: '', name: '' }),
  },
];
