import { type Static, Type } from 'typebox';
import { FormDefinition } from '../../../../core/forms/definition.ts';
import { Channel, Fee, Level, ProcedureCase, StableId, TimeAllowance, TimeLimit } from './parts.ts';
import { ProcedureComponent, ProcedureResult, WorkStep } from './work.ts';

const closed = { additionalProperties: false } as const;
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const Coded = Type.Object({ code: Type.String({ maxLength: 200 }), name: Type.String({ maxLength: 4000 }) }, closed);

/** Text kept for the public page (trình tự, cách thức, yêu cầu): shown as it is, never interpreted. */
export const ProcedureProse = Type.Object(
  {
    /** Trình tự thực hiện. */
    steps: Type.Array(Type.Object({ name: Type.Optional(Type.String()), text: Type.String() }, closed)),
    /** Cách thức thực hiện, with the time and fee as worded by the source. */
    methods: Type.Array(
      Type.Object(
        { channel: Type.Optional(Channel), text: Type.String(), timeText: Type.Optional(Type.String()) },
        closed,
      ),
    ),
    /** Yêu cầu, điều kiện. */
    requirements: Type.Optional(Type.String()),
    /** Anything else worth showing. */
    notes: Type.Optional(Type.Array(Type.String())),
  },
  closed,
);
export type ProcedureProse = Static<typeof ProcedureProse>;

/**
 * ONE revision of an administrative procedure (thủ tục hành chính). The code is stable, revisions follow the law by
 * date; a dossier stays on the revision it was received under. Everything a dossier needs is here: cases, limits,
 * fees, components, steps, results and the form. All text Vietnamese.
 */
export const ProcedureDefinition = Type.Object(
  {
    /** National code (mã TTHC), `1.004873`. */
    code: Type.String({ pattern: '^[1-9]\\.\\d{6}$' }),
    /** Name of the revision, its first day of force by custom: `2025-07-01`. Unique within a code. */
    revision: Type.String({ pattern: '^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$' }),
    name: Type.String({ minLength: 3, maxLength: 2000 }),
    /** Other words people search by. */
    keywords: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
    /** Field (lĩnh vực), `{code:'G15-TP07', name:'Hộ tịch'}`. */
    field: Coded,
    /** Levels whose desks take the procedure. */
    levels: Type.Array(Level, { minItems: 1, uniqueItems: true }),
    /** Level that decides where it is not the receiving one (2023: trợ cấp xã hội filed at the commune, decided by the district). */
    decidedAt: Type.Optional(Level),
    authority: Type.Object(
      {
        /** Who decides, as shown to citizens. */
        text: Type.String({ minLength: 1, maxLength: 4000 }),
        /** The same by level of the receiving unit, where it differs. */
        byLevel: Type.Optional(Type.Record(Type.String(), Type.String())),
      },
      closed,
    ),
    /** First day of force, inclusive; compared with the day of reception. */
    validFrom: Day,
    /** Last day of force, inclusive; left out: still in force. */
    validTo: Type.Optional(Day),
    /** May be filed at any desk of the province (không phụ thuộc địa giới). */
    nonTerritorial: Type.Boolean(),
    /** `full` = dịch vụ công trực tuyến toàn trình, `partial` = một phần, `none` = only information online. */
    onlineLevel: Type.Union([Type.Literal('full'), Type.Literal('partial'), Type.Literal('none')]),
    /** Channels the procedure itself allows; a regime or a unit may close some of them. */
    channels: Type.Object({ desk: Type.Boolean(), online: Type.Boolean(), post: Type.Boolean() }, closed),
    /** True where one may file online without an account. */
    guestFiling: Type.Boolean(),
    /** Who may file: `{code:'ĐT1', name:'Công dân Việt Nam'}`. */
    subjectTypes: Type.Array(Coded),
    cases: Type.Array(ProcedureCase, { maxItems: 200 }),
    timeLimits: Type.Array(TimeLimit, { maxItems: 200 }),
    fees: Type.Array(Fee, { maxItems: 200 }),
    /** Headings the components are shown under; `case` ties a group to a case. */
    componentGroups: Type.Optional(
      Type.Array(
        Type.Object({ id: StableId, name: Type.String({ maxLength: 4000 }), case: Type.Optional(StableId) }, closed),
      ),
    ),
    components: Type.Array(ProcedureComponent, { maxItems: 500 }),
    results: Type.Array(ProcedureResult, { maxItems: 100 }),
    legalBases: Type.Array(Coded),
    /** The way through the offices, in order. Allowances add up to the limit. Empty in a draft that was imported. */
    steps: Type.Array(WorkStep, { maxItems: 60 }),
    /** Working days an applicant has to supplement papers before the dossier may be closed; 15 unless a law says otherwise. */
    supplementDeadline: Type.Optional(TimeAllowance),
    /** The declaration (tờ khai); its meaning is checked by `core/forms`. */
    form: Type.Optional(FormDefinition),
    /** How long dossiers are kept (thời hạn bảo quản). */
    retention: Type.Object(
      {
        code: Type.String({ maxLength: 40 }),
        years: Type.Union([Type.Integer({ minimum: 1, maximum: 200 }), Type.Literal('permanent')]),
        verified: Type.Boolean(),
      },
      closed,
    ),
    prose: ProcedureProse,
    /** Where the content comes from: decisions, portal pages, with dates. */
    sources: Type.Array(Type.String({ maxLength: 1000 })),
    /** False while a lawyer has not compared the revision with the legal text. */
    verified: Type.Boolean(),
    /** What exactly is not verified, for the administrator's page. */
    unverified: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }))),
  },
  closed,
);
export type ProcedureDefinition = Static<typeof ProcedureDefinition>;
