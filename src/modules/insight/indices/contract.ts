import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';
import { FAMILIES, IndicatorSet, ScoringRule, WAYS } from '../../../core/scoring/index.ts';
import { ROUND_ACTS, ROUND_STATES, SHEET_ACTS, SHEET_STATES } from './rules/acts.ts';

const module = 'indices';
const read = { permission: 'indices.read' } as const;
const score = { permission: 'indices.score' } as const;
const appraise = { permission: 'indices.appraise' } as const;
const publish = { permission: 'indices.publish' } as const;
const edit = { permission: 'indices.edit' } as const;
const params = Type.Object({ id: Id });
const Version = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const Code = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,60}$' });
const ItemId = Type.String({ minLength: 1, maxLength: 61 });
const Year = Type.Integer({ minimum: 2000, maximum: 2199 });
const Reason = Type.Optional(Type.String({ maxLength: 1000 }));
const Figure = Nullable(Type.Number());
const Text = Nullable(Type.String());
const Family = Type.Enum(FAMILIES);
const Points = Type.Number({ minimum: 0, maximum: 100_000 });
const Count = Type.Number({ minimum: 0, maximum: 1e12 });

const Finding = Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() });
export type FindingType = Static<typeof Finding>;

/** A disputed place of a set with its readings; `chosen` holds where nobody chooses. */
const SettingLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  note: Text,
  chosen: Type.String(),
  options: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), note: Text })),
});
export type SettingLineType = Static<typeof SettingLine>;

const SetLine = Type.Object({
  code: Type.String(),
  name: Type.String(),
  family: Family,
  level: Type.String(),
  owner: Type.String(),
  max: Type.Number(),
  /** `shipped`: content of the software; `draft` and `published`: made here. */
  state: Type.Enum(['shipped', 'draft', 'published']),
  validFrom: Day,
  validTo: Nullable(Day),
  verified: Type.Boolean(),
  importOnly: Type.Boolean(),
  source: Type.String(),
  settings: Type.Array(SettingLine),
});
export type SetLineType = Static<typeof SetLine>;

export const listIndexSets = endpoint({
  id: 'listIndexSets',
  module,
  method: 'GET',
  path: '/api/indices/sets',
  summary: 'Bộ chỉ số có sẵn, đang soạn và đã ban hành; đơn vị được soạn, được tổ chức chấm',
  access: read,
  reply: Type.Object({
    rows: Type.Array(SetLine),
    editUnits: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    appraiseUnits: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  }),
});

export const getIndexSet = endpoint({
  id: 'getIndexSet',
  module,
  method: 'GET',
  path: '/api/indices/sets/:code',
  summary: 'Một bộ chỉ số với các lỗi tìm thấy',
  access: read,
  params: Type.Object({ code: Code }),
  reply: Type.Object({
    ...SetLine.properties,
    version: Version,
    body: IndicatorSet,
    findings: Type.Array(Finding),
    basedOn: Text,
    digest: Text,
    mayEdit: Type.Boolean(),
    metrics: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  }),
});

export const copyIndexSet = endpoint({
  id: 'copyIndexSet',
  module,
  method: 'POST',
  path: '/api/indices/sets',
  summary: 'Chép một bộ chỉ số thành bản nháp của đơn vị mình',
  access: edit,
  body: Type.Object({
    basedOn: Code,
    code: Code,
    name: Type.String({ minLength: 1, maxLength: 400 }),
    unitId: Id,
    validFrom: Day,
  }),
  reply: Type.Object({ code: Type.String() }),
});

export const saveIndexSet = endpoint({
  id: 'saveIndexSet',
  module,
  method: 'POST',
  path: '/api/indices/sets/:code/draft',
  summary: 'Lưu bản nháp bộ chỉ số; trả lại các lỗi phải sửa trước khi ban hành',
  access: edit,
  params: Type.Object({ code: Code }),
  body: Type.Object({ version: Version, body: IndicatorSet }),
  reply: Type.Object({ version: Version, findings: Type.Array(Finding) }),
});

export const publishIndexSet = endpoint({
  id: 'publishIndexSet',
  module,
  method: 'POST',
  path: '/api/indices/sets/:code/publication',
  summary: 'Ban hành bản nháp: không còn sửa được',
  access: edit,
  params: Type.Object({ code: Code }),
  body: Type.Object({ version: Version }),
  reply: Type.Object({ version: Version, digest: Type.String() }),
});

const RoundLine = Type.Object({
  id: Id,
  version: Version,
  setCode: Type.String(),
  setName: Type.String(),
  family: Family,
  year: Year,
  unitId: Id,
  unitName: Type.String(),
  asOf: Day,
  state: Type.Enum(ROUND_STATES),
  stateName: Type.String(),
  sheets: Type.Integer(),
  settled: Type.Integer(),
  /** The reader's own sheet in it, where there is just one. */
  mySheetId: Nullable(Id),
});
export type RoundLineType = Static<typeof RoundLine>;

export const listIndexRounds = endpoint({
  id: 'listIndexRounds',
  module,
  method: 'GET',
  path: '/api/indices/rounds',
  summary: 'Các đợt đánh giá, mới nhất trước',
  access: read,
  query: Type.Object({
    family: Type.Optional(Family),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2199 })),
    state: Type.Optional(Type.Enum(ROUND_STATES)),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  reply: Type.Object({ rows: Type.Array(RoundLine), total: Type.Integer() }),
});

export const openIndexRound = endpoint({
  id: 'openIndexRound',
  module,
  method: 'POST',
  path: '/api/indices/rounds',
  summary: 'Mở đợt đánh giá: một bộ chỉ số, một năm, các đơn vị trực thuộc',
  access: appraise,
  body: Type.Object({
    setCode: Code,
    year: Year,
    unitId: Id,
    /** Left out: every administrative unit of the set's level directly below, else the unit itself. */
    unitIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })),
    /** Readings of disputed places, option by setting; what is left out is read as the set says. */
    settings: Type.Optional(Type.Record(ItemId, ItemId)),
  }),
  reply: Type.Object({ id: Id, sheets: Type.Integer() }),
});

const Change = Type.Object({
  year: Year,
  total: Type.Number(),
  max: Type.Number(),
  /** Of the maximum of that year. */
  percent: Type.Number(),
  derived: Type.Boolean(),
  /** `points`; where the maxima of the two years differ `percent`: percentage points of what could be reached. */
  unit: Type.Enum(['points', 'percent']),
  difference: Type.Number(),
});

const FigureView = Type.Object({ numerator: Figure, denominator: Figure, points: Figure });

const OpenSurvey = Type.Object({
  sheetId: Id,
  unitName: Type.String(),
  surveyName: Type.String(),
  /** Who asks, and closes it. */
  ownerName: Type.String(),
  openTo: Day,
});
export type OpenSurveyType = Static<typeof OpenSurvey>;

/** What measuring the sheets again, once the year was over, has changed, and what is still to be done before freezing. */
const RoundFigures = Type.Object({
  mayMeasure: Type.Boolean(),
  /** Sheets whose figures are of a day on which the year still ran. */
  old: Type.Array(Type.Object({ sheetId: Id, unitName: Type.String(), at: Nullable(Instant) })),
  /** Surveys that are being answered and will count: until they are closed nothing is frozen. */
  surveysOpen: Type.Array(OpenSurvey),
  /** Sheets that lack the result of a survey closed since they were measured. */
  surveysNew: Type.Array(Type.Object({ sheetId: Id, unitName: Type.String() })),
  /** Points the appraiser gave by hand for a figure that has moved since. */
  toConfirm: Type.Array(
    Type.Object({ sheetId: Id, unitName: Type.String(), criterionId: Type.String(), criterion: Type.String() }),
  ),
  /** The newest; `total` tells how many there are. */
  changes: Type.Array(
    Type.Object({
      id: Id,
      at: Instant,
      sheetId: Id,
      unitName: Type.String(),
      criterion: Type.String(),
      was: FigureView,
      /** Null: nothing is counted any more. */
      is: Nullable(FigureView),
      appraisedWas: Figure,
      appraisedIs: Figure,
      confirm: Type.Boolean(),
    }),
  ),
  total: Type.Integer(),
});
export type RoundFiguresType = Static<typeof RoundFigures>;

const PublishedPlace = Type.Object({
  rank: Type.Integer({ minimum: 1, maximum: 100_000 }),
  /** How many were ranked. */
  population: Type.Integer({ minimum: 1, maximum: 100_000 }),
  source: Type.String({ minLength: 1, maxLength: 400 }),
});

const LeagueRow = Type.Object({
  unitId: Nullable(Id),
  unitName: Type.String(),
  sheetId: Nullable(Id),
  /** Null: not scored to the end, or not published. */
  total: Figure,
  max: Type.Number(),
  percent: Figure,
  band: Text,
  rank: Nullable(Type.Integer()),
  /** Among how many it was ranked elsewhere; null: among those of the table. */
  population: Nullable(Type.Integer()),
  derived: Type.Boolean(),
  sheetState: Text,
  change: Nullable(Change),
  parts: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), percent: Type.Number(), derived: Type.Boolean() }),
  ),
  domains: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), points: Type.Number(), max: Figure, band: Text }),
  ),
});
export type LeagueRowType = Static<typeof LeagueRow>;

export const getIndexRound = endpoint({
  id: 'getIndexRound',
  module,
  method: 'GET',
  path: '/api/indices/rounds/:id',
  summary: 'Một đợt đánh giá: bảng xếp hạng, tình trạng phiếu, các lần chốt',
  access: read,
  params,
  reply: Type.Object({
    ...RoundLine.properties,
    max: Type.Number(),
    population: Type.Integer(),
    rows: Type.Array(LeagueRow),
    parts: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), weight: Type.Number() })),
    acts: Type.Array(Type.Enum(ROUND_ACTS)),
    appraises: Type.Boolean(),
    /** First day on which it can be frozen, while that lies ahead: the figures of its year still move. */
    freezableFrom: Nullable(Day),
    figures: RoundFigures,
    results: Type.Array(
      Type.Object({ no: Type.Integer(), digest: Type.String(), reason: Type.String(), at: Instant, by: Type.String() }),
    ),
    note: Text,
    source: Type.String(),
    verified: Type.Boolean(),
    /** Disputed places with the reading taken when the round was opened. */
    settings: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), chosen: Type.String() })),
  }),
});
export type RoundPageType = Static<(typeof getIndexRound)['reply']>;

export const measureIndexRound = endpoint({
  id: 'measureIndexRound',
  module,
  method: 'POST',
  path: '/api/indices/rounds/:id/measurement',
  summary: 'Đo lại số liệu chấm tự động của mọi phiếu đã gửi cho cả năm của đợt, khi năm đã hết',
  access: appraise,
  params,
  body: Type.Object({ version: Version }),
  reply: Type.Object({
    /** Sheets that were measured; those still being scored show figures of now anyway. */
    sheets: Type.Integer(),
    changed: Type.Integer(),
    /** Of the changed ones: the appraiser's points were left as they are. */
    toConfirm: Type.Integer(),
  }),
});

export const decideIndexRound = endpoint({
  id: 'decideIndexRound',
  module,
  method: 'POST',
  path: '/api/indices/rounds/:id/decision',
  summary: 'Chốt, mở lại (có lý do), công bố kết quả của đợt',
  access: publish,
  params,
  body: Type.Object({ version: Version, act: Type.Enum(ROUND_ACTS), reason: Reason }),
  reply: Type.Object({ version: Version, state: Type.Enum(ROUND_STATES), digest: Text }),
});

export const importIndexParts = endpoint({
  id: 'importIndexParts',
  module,
  method: 'POST',
  path: '/api/indices/rounds/:id/parts',
  summary: 'Nhập tỷ lệ của một phần (điều tra xã hội học) cho nhiều đơn vị: tất cả hoặc không dòng nào',
  access: appraise,
  params,
  body: Type.Object({
    partId: ItemId,
    source: Type.String({ minLength: 1, maxLength: 400 }),
    rows: Type.Array(
      Type.Object({
        /** Statistical code, or name as the round shows it. */
        unit: Type.String({ minLength: 1, maxLength: 200 }),
        percent: Type.Number({ minimum: 0, maximum: 100 }),
      }),
      { minItems: 1, maxItems: 500 },
    ),
  }),
  reply: Type.Object({ written: Type.Integer() }),
});

const CriterionView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  parentName: Text,
  domainId: Type.String(),
  domainName: Type.String(),
  max: Type.Number(),
  rule: Nullable(ScoringRule),
  zeroDenominator: Nullable(Type.Enum(['full', 'none'])),
  source: Text,
  note: Text,
  verified: Type.Boolean(),
  version: Version,
  selfPoints: Figure,
  selfNote: Type.String(),
  numerator: Figure,
  denominator: Figure,
  /** Metric that scores it by itself; `live`: as counted now, not yet sent. */
  metricId: Text,
  metricName: Text,
  live: Type.Boolean(),
  appraisedPoints: Figure,
  appraisedReason: Type.String(),
  /** Since when the appraiser's points wait to be confirmed, the figure having moved; null: they do not. */
  confirmSince: Nullable(Instant),
  explanation: Type.String(),
  lost: Figure,
  files: Type.Array(Type.Object({ id: Id, name: Type.String(), size: Type.Integer() })),
});
export type CriterionViewType = Static<typeof CriterionView>;

const DomainView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  max: Type.Number(),
  self: Figure,
  final: Figure,
  percent: Figure,
  band: Text,
});

const ActionView = Type.Object({
  id: Id,
  criterionId: Type.String(),
  title: Type.String(),
  ownerName: Type.String(),
  dueDay: Day,
  state: Type.String(),
  /** Not finished, and its day is past. */
  late: Type.Boolean(),
});
export type ActionViewType = Static<typeof ActionView>;

/** What became of the points lost the year before, most first, with the tasks given for them. */
const FollowUp = Type.Object({
  year: Year,
  sheetId: Id,
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      lostBefore: Type.Number(),
      lostNow: Figure,
      wonBack: Figure,
      /** Points of the index the place was and is worth, where they differ: then nothing is won back or lost. */
      worth: Nullable(Type.Object({ before: Type.Number(), now: Type.Number() })),
      actions: Type.Array(ActionView),
    }),
  ),
});
export type FollowUpType = Static<typeof FollowUp>;

export const getIndexSheet = endpoint({
  id: 'getIndexSheet',
  module,
  method: 'GET',
  path: '/api/indices/sheets/:id',
  summary: 'Phiếu chấm điểm của một đơn vị: tự chấm, thẩm định, điểm trừ, tài liệu kiểm chứng',
  access: read,
  params,
  reply: Type.Object({
    id: Id,
    version: Version,
    state: Type.Enum(SHEET_STATES),
    stateName: Type.String(),
    unitId: Id,
    unitName: Type.String(),
    round: RoundLine,
    importOnly: Type.Boolean(),
    /** When its automatic figures were measured; null: they are as of now, or it has none. */
    measuredAt: Nullable(Instant),
    /** They are of a day on which the year still ran. */
    figuresOld: Type.Boolean(),
    /** Surveys that are being answered and will count: what surveys score here is provisional. */
    surveysOpen: Type.Array(OpenSurvey),
    verified: Type.Boolean(),
    source: Type.String(),
    note: Text,
    acts: Type.Array(Type.Object({ act: Type.Enum(SHEET_ACTS), reason: Type.Boolean() })),
    may: Type.Object({
      score: Type.Boolean(),
      appraise: Type.Boolean(),
      explain: Type.Boolean(),
      parts: Type.Boolean(),
      place: Type.Boolean(),
      /** Answer where a figure moved after it was appraised. */
      confirm: Type.Boolean(),
      act: Type.Boolean(),
      takeBack: Type.Boolean(),
    }),
    max: Type.Number(),
    selfTotal: Figure,
    total: Figure,
    band: Text,
    rank: Nullable(Type.Integer()),
    population: Nullable(Type.Integer()),
    /** The place as somebody else published it, of sets that are imported. */
    place: Nullable(PublishedPlace),
    nextBand: Nullable(Type.Object({ label: Type.String(), points: Type.Number() })),
    change: Nullable(Change),
    domains: Type.Array(DomainView),
    parts: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        weight: Type.Number(),
        percent: Figure,
        points: Figure,
        source: Text,
        version: Version,
        /** The weight is worked out from what was published, never published itself. */
        derivedWeight: Type.Boolean(),
        /** Made of domains, so nothing is typed. */
        computed: Type.Boolean(),
      }),
    ),
    criteria: Type.Array(CriterionView),
    missing: Type.Array(Type.String()),
    lost: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        domainName: Type.String(),
        points: Type.Number(),
        sharePercent: Type.Number(),
      }),
    ),
    actions: Type.Array(ActionView),
    /** Null: no published round of the same kind by the same organiser the year before. */
    followUp: Nullable(FollowUp),
    owners: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    history: Type.Array(
      Type.Object({
        id: Id,
        act: Type.String(),
        criterion: Text,
        detail: Type.String(),
        /** Evidence attached or taken back, where it can still be read. */
        fileId: Nullable(Id),
        at: Instant,
        by: Type.String(),
      }),
    ),
  }),
});
export type SheetPageType = Static<(typeof getIndexSheet)['reply']>;

const Needed = Type.Object({
  way: Type.Enum(WAYS),
  /** The least number of items that suffices; null: none of those tried. */
  least: Nullable(Type.Integer()),
  /** The last number that still suffices, where more gives fewer points again. */
  last: Nullable(Type.Integer()),
  tried: Type.Integer(),
  /** No more items than were tried: with `least` null no number gives these points. */
  all: Type.Boolean(),
});

export const getIndexWhatIf = endpoint({
  id: 'getIndexWhatIf',
  module,
  method: 'GET',
  path: '/api/indices/sheets/:id/what-if',
  summary: 'Nếu làm thêm: bao nhiêu hồ sơ tốt hơn nữa thì thêm ngần ấy điểm, lên mức sau, đủ điểm',
  access: read,
  params,
  query: Type.Object({
    /** Points more of a criterion; 1 where nothing is said. */
    more: Type.Optional(Type.Number({ minimum: 0.01, maximum: 1000 })),
  }),
  reply: Type.Object({
    more: Type.Number(),
    rows: Type.Array(
      Type.Object({
        criterionId: Type.String(),
        name: Type.String(),
        numerator: Type.Number(),
        denominator: Type.Number(),
        now: Type.Number(),
        goal: Type.Enum(['point', 'step', 'full']),
        /** Of the criterion then, at least. */
        points: Type.Number(),
        /** Of the whole index then, at least; null while it is incomplete, or the appraiser gave other points than the rule. */
        total: Figure,
        ways: Type.Array(Needed),
      }),
    ),
  }),
});
export type WhatIfType = Static<(typeof getIndexWhatIf)['reply']>;

const Written = Type.Object({ version: Version });

export const scoreCriterion = endpoint({
  id: 'scoreIndexCriterion',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/scores',
  summary: 'Tự chấm một tiêu chí: điểm, hoặc tử số và mẫu số để máy tính điểm',
  access: score,
  params,
  body: Type.Object({
    criterionId: ItemId,
    /** Of the criterion; 0: nobody has written anything yet. */
    version: Version,
    points: Type.Optional(Points),
    numerator: Type.Optional(Count),
    denominator: Type.Optional(Count),
    note: Type.String({ maxLength: 2000 }),
  }),
  reply: Written,
});

export const appraiseCriterion = endpoint({
  id: 'appraiseIndexCriterion',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/appraisals',
  summary: 'Thẩm định một tiêu chí: điểm, kèm lý do nếu khác điểm tự chấm',
  access: appraise,
  params,
  body: Type.Object({
    criterionId: ItemId,
    version: Version,
    points: Points,
    reason: Type.String({ maxLength: 2000 }),
  }),
  reply: Written,
});

export const acceptCriteria = endpoint({
  id: 'acceptIndexCriteria',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/acceptance',
  summary: 'Chấp nhận điểm tự chấm của mọi tiêu chí chưa thẩm định',
  access: appraise,
  params,
  body: Type.Object({ version: Version }),
  reply: Type.Object({ accepted: Type.Integer() }),
});

export const confirmIndexFigure = endpoint({
  id: 'confirmIndexFigure',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/confirmations',
  summary: 'Số liệu đã đổi sau khi thẩm định: giữ điểm thẩm định (có lý do) hoặc lấy điểm theo số liệu mới',
  access: appraise,
  params,
  body: Type.Object({
    criterionId: ItemId,
    version: Version,
    /** true: the points of the new figure; false: the appraiser's stay. */
    take: Type.Boolean(),
    reason: Type.String({ maxLength: 2000 }),
  }),
  reply: Written,
});

export const explainCriterion = endpoint({
  id: 'explainIndexCriterion',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/explanations',
  summary: 'Giải trình về một tiêu chí đã thẩm định',
  access: score,
  params,
  body: Type.Object({ criterionId: ItemId, version: Version, text: Type.String({ minLength: 1, maxLength: 4000 }) }),
  reply: Written,
});

export const savePart = endpoint({
  id: 'saveIndexPart',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/parts',
  summary: 'Nhập tỷ lệ một phần của phiếu, kèm nguồn',
  access: appraise,
  params,
  body: Type.Object({
    partId: ItemId,
    version: Version,
    percent: Type.Number({ minimum: 0, maximum: 100 }),
    source: Type.String({ minLength: 1, maxLength: 400 }),
  }),
  reply: Written,
});

export const savePlace = endpoint({
  id: 'saveIndexPlace',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/place',
  summary: 'Nhập hạng do cơ quan khác công bố, kèm nguồn; chỉ của bộ chỉ số nhập kết quả',
  access: appraise,
  params,
  body: Type.Object({
    version: Version,
    /** Null: none is known any more. */
    place: Nullable(PublishedPlace),
  }),
  reply: Written,
});

export const decideIndexSheet = endpoint({
  id: 'decideIndexSheet',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/decision',
  summary: 'Gửi phiếu, trả lại, chuyển giải trình, giải trình xong, thống nhất, mở lại',
  access: read,
  params,
  body: Type.Object({ version: Version, act: Type.Enum(SHEET_ACTS), reason: Reason }),
  reply: Type.Object({ version: Version, state: Type.Enum(SHEET_STATES) }),
});

export const attachEvidence = endpoint({
  id: 'attachIndexEvidence',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/evidence',
  summary: 'Gắn tệp vừa tải lên làm tài liệu kiểm chứng của một tiêu chí',
  access: score,
  params,
  body: Type.Object({ criterionId: ItemId, fileId: Id }),
  reply: Type.Object({ id: Id }),
});

export const takeBackEvidence = endpoint({
  id: 'takeBackIndexEvidence',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/evidence/:fileId/withdrawal',
  summary: 'Rút một tài liệu kiểm chứng gắn nhầm, có lý do; tệp còn xem được trong việc đã làm',
  access: score,
  params: Type.Object({ id: Id, fileId: Id }),
  body: Type.Object({ criterionId: ItemId, reason: Type.String({ minLength: 1, maxLength: 1000 }) }),
  reply: Type.Object({ id: Id }),
});

export const importIndexSheet = endpoint({
  id: 'importIndexSheet',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/import',
  summary: 'Tự chấm từ tệp Excel theo mẫu của phiếu: xem trước, rồi nhận tất cả hoặc không nhận gì',
  access: score,
  params,
  body: Type.Object({
    /** false: only look. */
    apply: Type.Boolean(),
    /** As the look before said, so that nothing somebody wrote meanwhile is overwritten. */
    seen: Type.Optional(Type.String({ maxLength: 64 })),
    /** The XLSX in base64. */
    file: Type.String({ maxLength: 720_000, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
  }),
  reply: Type.Object({
    findings: Type.Array(Type.Object({ cell: Type.String(), message: Type.String() })),
    /** Criteria that would change. */
    changes: Type.Integer(),
    /** No note in the file says whose it is and for when: whoever takes it makes sure. */
    unnamed: Type.Boolean(),
    seen: Type.String(),
    /** Null: nothing was taken. */
    written: Nullable(Type.Integer()),
  }),
});

export const createIndexAction = endpoint({
  id: 'createIndexAction',
  module,
  method: 'POST',
  path: '/api/indices/sheets/:id/actions',
  summary: 'Giao việc khắc phục điểm trừ của một tiêu chí: người làm, hạn',
  access: score,
  params,
  body: Type.Object({
    criterionId: ItemId,
    title: Type.String({ minLength: 1, maxLength: 400 }),
    ownerStaffId: Id,
    dueDay: Day,
  }),
  reply: Type.Object({ id: Id }),
});

export const listIndexLeague = endpoint({
  id: 'listIndexLeague',
  module,
  method: 'GET',
  path: '/api/indices/league',
  summary: 'Bảng xếp hạng đã công bố: của hệ thống và nhập từ nguồn công bố, để cạnh nhau',
  access: read,
  query: Type.Object({
    family: Type.Optional(Family),
    year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2199 })),
  }),
  reply: Type.Object({
    years: Type.Array(Year),
    families: Type.Array(Family),
    tables: Type.Array(
      Type.Object({
        id: Type.String(),
        roundId: Nullable(Id),
        name: Type.String(),
        owner: Type.String(),
        family: Family,
        year: Year,
        population: Nullable(Type.Integer()),
        max: Type.Number(),
        /** From how many per cent of the maximum on a total is of a class, the best first; none where the set has no classes. */
        bands: Type.Array(Type.Object({ min: Type.Number(), label: Type.String() })),
        /** Those limits were worked out from published classes, never published themselves. */
        derivedBands: Type.Boolean(),
        /** What each part counts for, in per cent; `derived`: worked out too. None where the set has no parts. */
        weights: Type.Array(Type.Object({ name: Type.String(), percent: Type.Number(), derived: Type.Boolean() })),
        imported: Type.Boolean(),
        source: Type.String(),
        /** When what is shown was frozen; null: published elsewhere. */
        frozenAt: Nullable(Instant),
        digest: Text,
        note: Text,
        verified: Type.Boolean(),
        rows: Type.Array(LeagueRow),
      }),
    ),
    comparisons: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        note: Type.String(),
        units: Type.Array(
          Type.Object({ id: Type.String(), name: Type.String(), source: Type.String(), unitId: Nullable(Id) }),
        ),
        figures: Type.Array(
          Type.Object({
            id: Type.String(),
            name: Type.String(),
            unit: Type.String(),
            values: Type.Array(
              Nullable(
                Type.Object({
                  value: Type.Number(),
                  period: Type.String(),
                  bound: Text,
                  derived: Type.Boolean(),
                  note: Text,
                }),
              ),
            ),
          }),
        ),
      }),
    ),
  }),
});
export type LeagueType = Static<(typeof listIndexLeague)['reply']>;
