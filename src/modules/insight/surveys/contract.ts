import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Nullable } from '../../../core/contract/fields.ts';
import { Questionnaire } from './rules/questionnaire.ts';
import { SurveyResults } from './rules/result-document.ts';
import { CALL_OUTCOMES, CHANNELS, SURVEY_ACTS, SURVEY_STATES } from './rules/states.ts';

const Version = Type.Integer({ minimum: 1 });
const params = Type.Object({ id: Id });
const read = { permission: 'surveys.read' } as const;
const edit = { permission: 'surveys.edit' } as const;
const enter = { permission: 'surveys.enter' } as const;
const Page = Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }));
const Words = Type.Optional(Type.String({ maxLength: 200 }));
/** Id of a questionnaire: its code where it is shipped, else that of the row. */
const FormId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' });
const Given = Type.Record(
  Type.String({ maxLength: 40 }),
  Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Null()]),
);
/** What the paper bears: the code of the survey ticket, or that of the dossier. */
const Reference = Type.String({ minLength: 1, maxLength: 60 });

const FormHead = {
  id: FormId,
  code: Type.String(),
  no: Type.Integer(),
  name: Type.String(),
  kind: Type.String(),
  status: Type.Enum(['content', 'draft', 'published']),
  version: Type.Integer(),
  questions: Type.Integer(),
  verified: Type.Boolean(),
  validFrom: Day,
  validTo: Nullable(Day),
  mayEdit: Type.Boolean(),
};
export const FormLine = Type.Object(FormHead);
export type FormLineType = Static<typeof FormLine>;
export const FormPage = Type.Object({
  ...FormHead,
  definition: Questionnaire,
  findings: Type.Array(Type.Object({ path: Type.String(), message: Type.String() })),
});
export type FormPageType = Static<typeof FormPage>;

export const listSurveyForms = endpoint({
  id: 'listSurveyForms',
  module: 'surveys',
  method: 'GET',
  path: '/api/surveys/forms',
  summary: 'Phiếu hỏi: ban hành kèm, bản nháp, đã công bố; đơn vị được lập khảo sát',
  access: read,
  reply: Type.Object({
    rows: Type.Array(FormLine),
    /** Authorities the reader may set surveys up for. */
    units: Type.Array(Type.Object({ id: Id, name: Type.String(), parentId: Nullable(Id) })),
  }),
});

export const getSurveyForm = endpoint({
  id: 'getSurveyForm',
  module: 'surveys',
  method: 'GET',
  path: '/api/surveys/forms/:id',
  summary: 'Một phiếu hỏi với các lỗi còn lại',
  access: read,
  params: Type.Object({ id: FormId }),
  reply: FormPage,
});

export const makeSurveyForm = endpoint({
  id: 'makeSurveyForm',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/forms',
  summary: 'Lập bản nháp phiếu hỏi, trống hoặc chép từ một phiếu; không đổi mã thì là bản mới của phiếu ấy',
  access: edit,
  body: Type.Object({ fromId: Type.Optional(FormId), code: FormId, unitId: Id }),
  reply: Type.Object({ id: Id }),
});

export const saveSurveyForm = endpoint({
  id: 'saveSurveyForm',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/forms/:id',
  summary: 'Lưu bản nháp phiếu hỏi',
  access: edit,
  params,
  body: Type.Object({ version: Version, definition: Questionnaire }),
  reply: Type.Object({ id: Id, version: Version }),
});

export const publishSurveyForm = endpoint({
  id: 'publishSurveyForm',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/forms/:id/publish',
  summary: 'Công bố bản nháp: từ đó không sửa được',
  access: edit,
  params,
  body: Type.Object({ version: Version }),
  reply: Type.Object({ id: Id, version: Version }),
});

export const discardSurveyForm = endpoint({
  id: 'discardSurveyForm',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/forms/:id/discard',
  summary: 'Bỏ bản nháp phiếu hỏi',
  access: edit,
  params,
  body: Type.Object({ version: Version }),
  reply: Type.Object({ id: Id }),
});

const Quota = Type.Union([
  Type.Object({ kind: Type.Literal('fixed'), perStratum: Type.Integer({ minimum: 1, maximum: 100_000 }) }),
  Type.Object({
    kind: Type.Literal('proportional'),
    total: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    minimum: Type.Integer({ minimum: 0, maximum: 10_000 }),
  }),
]);

const SurveyHead = {
  id: Id,
  version: Version,
  code: Type.String(),
  name: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  formName: Type.String(),
  state: Type.Enum(SURVEY_STATES),
  finishedFrom: Day,
  finishedTo: Day,
  openFrom: Day,
  openTo: Day,
  drawn: Type.Integer(),
  answered: Type.Integer(),
};
export const SurveyLine = Type.Object(SurveyHead);
export type SurveyLineType = Static<typeof SurveyLine>;

const PooledFigure = Nullable(
  Type.Object({
    percent: Type.Number(),
    n: Type.Integer(),
    /** 95 % interval; null of a survey closed before it was kept. */
    low: Nullable(Type.Number()),
    high: Nullable(Type.Number()),
  }),
);

const ByChannel = Type.Array(Type.Object({ channel: Type.Enum(CHANNELS), n: Type.Integer() }));
export const SurveyPage = Type.Object({
  ...SurveyHead,
  form: Questionnaire,
  formDigest: Type.String(),
  /** Names of the authorities asked, as they were on the last day of the dossiers. */
  askedUnits: Type.Array(Type.String()),
  quota: Quota,
  seed: Type.String(),
  weighted: Type.Boolean(),
  walkIns: Type.Boolean(),
  minimum: Type.Integer(),
  publicUrl: Type.String(),
  kioskUrl: Type.String(),
  kioskQr: Type.String(),
  acts: Type.Array(Type.Enum(SURVEY_ACTS)),
  mayEnter: Type.Boolean(),
  channels: ByChannel,
  walkInCount: Type.Integer(),
  papersOpen: Type.Integer(),
  strata: Type.Array(
    Type.Object({
      no: Type.Integer(),
      unitName: Type.String(),
      groupName: Type.String(),
      frame: Type.Integer(),
      quota: Type.Integer(),
      drawn: Type.Integer(),
      shortage: Type.Integer(),
      answered: Type.Integer(),
    }),
  ),
  results: Nullable(SurveyResults),
  digest: Nullable(Type.String()),
  remarks: Type.Array(Type.Object({ question: Type.String(), words: Type.String() })),
  /**
   * Authorities below the unit that holds it which it does not ask: with any of them the whole is not the index of that
   * unit. Null: the questionnaire gives no index, or nobody is below.
   */
  leftOut: Nullable(Type.Array(Type.String())),
  /** Units between who holds it and those asked whose index it gives too: all below them are asked. */
  between: Type.Array(
    Type.Object({
      unitId: Id,
      unitName: Type.String(),
      /** Authorities pooled. */
      pooled: Type.Integer(),
      /** Null while it is open, where nobody answered, and where too few did in one of them. */
      found: PooledFigure,
      /** The same of each group of fields; null while it is open, and of a survey closed before it was kept. */
      groups: Nullable(
        Type.Array(Type.Object({ groupId: Type.String(), groupName: Type.String(), found: PooledFigure })),
      ),
    }),
  ),
});
export type SurveyPageType = Static<typeof SurveyPage>;

const Done = Type.Object({ id: Id, version: Version, state: Type.Enum(SURVEY_STATES) });

export const listSurveys = endpoint({
  id: 'listSurveys',
  module: 'surveys',
  method: 'GET',
  path: '/api/surveys',
  summary: 'Đợt khảo sát, mới nhất trước',
  access: read,
  query: Type.Object({
    q: Words,
    state: Type.Optional(Type.Enum(SURVEY_STATES)),
    sort: Type.Optional(Type.Enum(['new', 'name', 'ends'])),
    page: Page,
  }),
  reply: Type.Object({ rows: Type.Array(SurveyLine), total: Type.Integer(), pageSize: Type.Integer() }),
});

export const makeSurvey = endpoint({
  id: 'makeSurvey',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys',
  summary: 'Lập đợt khảo sát',
  access: edit,
  body: Type.Object({
    name: Type.String({ minLength: 3, maxLength: 200 }),
    formId: FormId,
    unitId: Id,
    unitIds: Type.Array(Id, { minItems: 1, maxItems: 400, uniqueItems: true }),
    finishedFrom: Day,
    finishedTo: Day,
    openFrom: Day,
    openTo: Day,
    quota: Quota,
    /** Empty: made at random. */
    seed: Type.Optional(Type.String({ maxLength: 100 })),
    weighted: Type.Boolean(),
    walkIns: Type.Boolean(),
    minimum: Type.Integer({ minimum: 5, maximum: 1000 }),
  }),
  reply: Type.Object({ id: Id }),
});

export const getSurvey = endpoint({
  id: 'getSurvey',
  module: 'surveys',
  method: 'GET',
  path: '/api/surveys/:id',
  summary: 'Một đợt khảo sát: mẫu, tiến độ theo kênh; kết quả khi đã đóng',
  access: read,
  params,
  reply: SurveyPage,
});

export const actOnSurvey = endpoint({
  id: 'actOnSurvey',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/:id/act',
  summary: 'Chọn mẫu, mở nhận trả lời, đóng và chốt kết quả',
  access: edit,
  params,
  body: Type.Object({ version: Version, act: Type.Enum(SURVEY_ACTS) }),
  reply: Done,
});

export const setSurveyDays = endpoint({
  id: 'setSurveyDays',
  module: 'surveys',
  method: 'PUT',
  path: '/api/surveys/:id/days',
  summary: 'Đổi ngày nhận trả lời trước khi mở; đang mở thì chỉ lùi ngày cuối',
  access: edit,
  params,
  body: Type.Object({ version: Version, openFrom: Day, openTo: Day }),
  reply: Done,
});

export const discardSurvey = endpoint({
  id: 'discardSurvey',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/:id/discard',
  summary: 'Bỏ đợt khảo sát chưa mở nhận trả lời, cùng mẫu đã chọn',
  access: edit,
  params,
  body: Type.Object({ version: Version }),
  reply: Type.Object({ id: Id }),
});

export const listSurveySample = endpoint({
  id: 'listSurveySample',
  module: 'surveys',
  method: 'GET',
  path: '/api/surveys/:id/sample',
  summary: 'Hồ sơ trong mẫu chưa trả lời, để gọi điện hoặc phát phiếu giấy',
  access: enter,
  params,
  query: Type.Object({ page: Page }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        dossierId: Id,
        dossierCode: Type.String(),
        unitName: Type.String(),
        groupName: Type.String(),
        /** Calls without an answer so far, and what came of the last one. */
        calls: Type.Integer(),
        call: Nullable(Type.Enum(CALL_OUTCOMES)),
      }),
    ),
    total: Type.Integer(),
    pageSize: Type.Integer(),
  }),
});

export const enterSurveyAnswer = endpoint({
  id: 'enterSurveyAnswer',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/:id/entries',
  summary: 'Nhập phiếu giấy (hai người, hai lần) hoặc phiếu hỏi qua điện thoại',
  access: enter,
  params,
  body: Type.Object({ channel: Type.Enum(['paper', 'phone']), reference: Reference, answers: Given }),
  reply: Type.Object({
    /** `first`: waits for a second person; `differs`: waits for a decision; `counted`. */
    outcome: Type.Enum(['first', 'differs', 'counted']),
    paperId: Nullable(Id),
    differences: Type.Array(Type.String()),
  }),
});

export const noteSurveyCall = endpoint({
  id: 'noteSurveyCall',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/:id/calls',
  summary: 'Ghi một cuộc gọi chưa có trả lời: không gặp, hẹn gọi lại, từ chối',
  access: enter,
  params,
  body: Type.Object({ reference: Reference, outcome: Type.Enum(CALL_OUTCOMES) }),
  reply: Type.Object({ calls: Type.Integer() }),
});

export const listSurveyPapers = endpoint({
  id: 'listSurveyPapers',
  module: 'surveys',
  method: 'GET',
  path: '/api/surveys/:id/papers',
  summary: 'Phiếu giấy chờ nhập lần hai hoặc chờ xử lý chỗ khác nhau',
  access: enter,
  params,
  reply: Type.Object({
    waiting: Type.Integer(),
    rows: Type.Array(
      Type.Object({
        id: Id,
        version: Version,
        differences: Type.Array(
          Type.Object({
            questionId: Type.String(),
            text: Type.String(),
            first: Type.String(),
            second: Type.String(),
          }),
        ),
      }),
    ),
  }),
});

export const settleSurveyPaper = endpoint({
  id: 'settleSurveyPaper',
  module: 'surveys',
  method: 'POST',
  path: '/api/surveys/:id/papers/:paperId',
  summary: 'Chọn câu trả lời đúng ở từng chỗ hai lần nhập khác nhau; phiếu được tính',
  access: enter,
  params: Type.Object({ id: Id, paperId: Id }),
  body: Type.Object({
    version: Version,
    choices: Type.Record(Type.String({ maxLength: 40 }), Type.Enum(['first', 'second'])),
  }),
  reply: Type.Object({ outcome: Type.Literal('counted') }),
});

export const listSurveyRatings = endpoint({
  id: 'listSurveyRatings',
  module: 'surveys',
  method: 'GET',
  path: '/api/surveys/ratings',
  summary: 'Đánh giá sau khi nhận kết quả, theo đơn vị và tháng',
  access: read,
  query: Type.Object({ months: Type.Optional(Type.Integer({ minimum: 1, maximum: 24 })) }),
  reply: Type.Object({
    minimum: Type.Integer(),
    months: Type.Array(Type.String()),
    rows: Type.Array(
      Type.Object({
        unitId: Id,
        unitName: Type.String(),
        /** One a month, and the whole span last. */
        cells: Type.Array(
          Type.Object({
            n: Nullable(Type.Integer()),
            hidden: Type.Boolean(),
            percent: Nullable(Type.Number()),
          }),
        ),
      }),
    ),
  }),
});
