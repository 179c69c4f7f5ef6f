import Type, { type Static } from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Day, Id, Instant, Nullable } from '../../../core/contract/fields.ts';

const access = { permission: 'report.design' } as const;
const Version = Type.Integer({ minimum: 1 });
const params = Type.Object({ id: Id });
const ReportId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$' });
/** What it must be, the form's own check says place by place. */
const Definition = Type.Record(Type.String({ maxLength: 40 }), Type.Unknown());

const FormLine = Type.Object({
  /** null: of the content, without a copy here. */
  id: Nullable(Id),
  version: Version,
  reportId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  state: Type.Enum(['content', 'draft', 'published']),
  validFrom: Nullable(Day),
  changedAt: Nullable(Instant),
  changedBy: Type.String(),
  digest: Nullable(Type.String()),
});
export type FormLineType = Static<typeof FormLine>;

export const listReportForms = endpoint({
  id: 'listReportForms',
  module: 'reports',
  method: 'GET',
  path: '/api/report-forms',
  summary: 'Biểu mẫu báo cáo: trong bộ nội dung, bản nháp, bản đã công bố',
  access,
  reply: Type.Object({ rows: Type.Array(FormLine) }),
});

export const listReportSources = endpoint({
  id: 'listReportSources',
  module: 'reports',
  method: 'GET',
  path: '/api/report-forms/sources',
  summary: 'Sổ nhập tay và chỉ số mà biểu mẫu có thể lấy số',
  access,
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        measures: Type.Array(
          Type.Object({
            id: Type.String(),
            name: Type.String(),
            unit: Type.Union([Type.Literal('percent'), Type.Literal('count')]),
            divided: Type.Boolean(),
          }),
        ),
      }),
    ),
  }),
});

export const createReportForm = endpoint({
  id: 'createReportForm',
  module: 'reports',
  method: 'POST',
  path: '/api/report-forms',
  summary: 'Lập bản nháp từ biểu đang dùng, hoặc một báo cáo mới chép từ biểu ấy',
  access,
  body: Type.Object({
    reportId: ReportId,
    /** A report of its own, which begins as a copy; without it the draft is another form of the same report. */
    as: Type.Optional(
      Type.Object({
        id: ReportId,
        code: Type.String({ minLength: 1, maxLength: 60 }),
        name: Type.String({ minLength: 1, maxLength: 300 }),
      }),
    ),
  }),
  reply: Type.Object({ id: Id }),
});

export const getReportForm = endpoint({
  id: 'getReportForm',
  module: 'reports',
  method: 'GET',
  path: '/api/report-forms/:id',
  summary: 'Một biểu mẫu: định nghĩa và trạng thái',
  access,
  params,
  reply: Type.Object({ ...FormLine.properties, id: Id, definition: Definition }),
});

const Saved = Type.Object({ id: Id, version: Version });

export const saveReportForm = endpoint({
  id: 'saveReportForm',
  module: 'reports',
  method: 'POST',
  path: '/api/report-forms/:id',
  summary: 'Lưu bản nháp; biểu sai bị từ chối và nêu chỗ sai',
  access,
  params,
  body: Type.Object({ version: Version, definition: Definition }),
  reply: Saved,
});

export const publishReportForm = endpoint({
  id: 'publishReportForm',
  module: 'reports',
  method: 'POST',
  path: '/api/report-forms/:id/publish',
  summary: 'Công bố bản nháp từ một ngày; bản công bố không sửa được',
  access,
  params,
  body: Type.Object({ version: Version, validFrom: Day }),
  reply: Saved,
});

export const discardReportForm = endpoint({
  id: 'discardReportForm',
  module: 'reports',
  method: 'POST',
  path: '/api/report-forms/:id/discard',
  summary: 'Bỏ bản nháp',
  access,
  params,
  body: Type.Object({ version: Version }),
  reply: Type.Object({ id: Id }),
});
