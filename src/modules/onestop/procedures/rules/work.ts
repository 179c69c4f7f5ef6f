import { type Static, Type } from 'typebox';
import { Area, Channel, Level, StableId, TimeAllowance } from './parts.ts';

const closed = { additionalProperties: false } as const;

/** One paper or piece of data of the dossier (thành phần hồ sơ). */
export const ProcedureComponent = Type.Object(
  {
    /** Identity within the revision; the code, with `~2`, `~3` where a source lists one code several times. */
    id: StableId,
    /** National component code, `000.00.00.G15-KQ003448`; may be empty where the source has none. */
    code: Type.String({ maxLength: 120 }),
    name: Type.String({ minLength: 1, maxLength: 20_000 }),
    /** `true`, `false`, or CEL over the form's values, `caseId` and `channel`. */
    required: Type.Union([Type.Boolean(), Type.String({ minLength: 1, maxLength: 2000 })]),
    /** Number of originals and of copies (bản chính, bản sao). */
    originals: Type.Integer({ minimum: 0, maximum: 100 }),
    copies: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Id of the form that replaces this paper when it is filled in here. */
    form: Type.Optional(Type.String({ maxLength: 80 })),
    /** Code of the procedure whose result this is: may be fetched instead of asked for. */
    isResultOf: Type.Optional(Type.String({ pattern: '^[1-9]\\.\\d{6}$' })),
    /** Result of some procedure, which one is not known. */
    isResult: Type.Optional(Type.Boolean()),
    /** `submit` stays in the dossier (phải nộp), `show` is looked at and given back (xuất trình), `note` is guidance the source lists among the papers. */
    present: Type.Union([Type.Literal('submit'), Type.Literal('show'), Type.Literal('note')]),
    case: Type.Optional(StableId),
    group: Type.Optional(StableId),
    hint: Type.Optional(Type.String({ maxLength: 4000 })),
    /** Names of blank forms the source attaches. */
    attachments: Type.Optional(Type.Array(Type.String({ maxLength: 500 }))),
  },
  closed,
);
export type ProcedureComponent = Static<typeof ProcedureComponent>;

/**
 * Text of a result document. Lines may hold `{{name}}` or `{{name|format}}`; see `result-template.ts` for names and
 * formats. Example line: `Họ, chữ đệm, tên: {{form.applicant.fullName|upper}}`.
 */
export const ResultTemplate = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 500 }),
    subtitle: Type.Optional(Type.String({ maxLength: 1000 })),
    /** Symbol after the number, `QĐ-UBND`, `UBND-XNTTHN`. */
    symbol: Type.Optional(Type.String({ maxLength: 60 })),
    /** Opening lines on the legal bases (Căn cứ …), set in italics by the printer. */
    grounds: Type.Optional(Type.Array(Type.String({ maxLength: 2000 }))),
    body: Type.Array(Type.String({ maxLength: 4000 }), { minItems: 1, maxItems: 200 }),
    /** Nơi nhận. */
    recipients: Type.Optional(Type.Array(Type.String({ maxLength: 500 }))),
  },
  closed,
);
export type ResultTemplate = Static<typeof ResultTemplate>;

/** Something the procedure ends with (kết quả giải quyết). */
export const ProcedureResult = Type.Object(
  {
    /** National result code, `KQ.G15.000038`. */
    code: Type.String({ minLength: 1, maxLength: 120 }),
    name: Type.String({ minLength: 1, maxLength: 4000 }),
    /** Case the result belongs to; left out: any. */
    case: Type.Optional(StableId),
    template: Type.Optional(ResultTemplate),
    /** True where the paper is not made from a template (a certified copy is the copy itself). */
    withoutTemplate: Type.Optional(Type.Boolean()),
    /** How long the result is good for, told on the public page. */
    validity: Type.Optional(Type.String({ maxLength: 500 })),
  },
  closed,
);
export type ProcedureResult = Static<typeof ProcedureResult>;

/** Another allowance of a step under given qualifiers, e.g. one day less for houses. */
export const StepAllowance = Type.Object(
  {
    case: Type.Optional(StableId),
    area: Type.Optional(Area),
    channel: Type.Optional(Channel),
    allow: TimeAllowance,
  },
  closed,
);
export type StepAllowance = Static<typeof StepAllowance>;

/** One step (bước) of the way through the offices. */
export const WorkStep = Type.Object(
  {
    id: StableId,
    name: Type.String({ minLength: 1, maxLength: 300 }),
    /** Who does it. `clerk` = văn thư, `returner` = người trả kết quả. */
    role: Type.Union([
      Type.Literal('receiver'),
      Type.Literal('officer'),
      Type.Literal('head-of-office'),
      Type.Literal('chairman'),
      Type.Literal('clerk'),
      Type.Literal('returner'),
    ]),
    /** `desk` the one-stop desk that received, `office` a professional office, `authority` leaders and clerk of the authority. */
    at: Type.Union([Type.Literal('desk'), Type.Literal('office'), Type.Literal('authority')]),
    /** Kind of office where `at` is `office`: `tu-phap`, `van-hoa-xa-hoi`, `kinh-te`, `ha-tang`, `tai-chinh`, `lao-dong` … */
    office: Type.Optional(Type.String({ pattern: '^[a-z]+(-[a-z]+)*$' })),
    /** Level of the unit that acts, where it is not the receiving unit's own level. */
    level: Type.Optional(Level),
    /** The share of the limit this step may use (thời hạn bước). 0 is allowed for handing over. */
    allow: TimeAllowance,
    allowWhen: Type.Optional(Type.Array(StepAllowance, { maxItems: 40 })),
    /** 1 or 2 for two-phase limits; 1 when left out. */
    phase: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
    kind: Type.Union([
      Type.Literal('receive'),
      Type.Literal('process'),
      Type.Literal('review'),
      Type.Literal('approve'),
      Type.Literal('number'),
      Type.Literal('hand-over'),
    ]),
    /** What is done, for the one who does it. */
    guide: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  closed,
);
export type WorkStep = Static<typeof WorkStep>;
