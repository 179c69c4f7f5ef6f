import { dayOf } from '../../../../core/time/index.ts';
import type { ProcedureDefinition, ProcedureProse } from './definition.ts';
import { readComponents } from './national-components.ts';
import { readFees } from './national-fees.ts';
import { channelOf, readLimits } from './national-limits.ts';
import { type Finding, type ImportNotes, type KeptText, number, record, records, text } from './national-read.ts';
import type { Level } from './parts.ts';

/** How much of a file was taken over; equal to what the file holds, or something was lost. */
export type NationalCounts = {
  readonly steps: number;
  readonly methods: number;
  readonly fees: number;
  readonly cases: number;
  readonly components: number;
  readonly legalBases: number;
};

export type NationalReading =
  | {
      readonly ok: true;
      /** A draft: no steps, no form, `verified:false`; fits the schema of definitions. */
      readonly definition: ProcedureDefinition;
      readonly counts: NationalCounts;
      readonly keptAsText: readonly KeptText[];
      readonly findings: readonly Finding[];
    }
  | { readonly ok: false; readonly code: 'national/not-a-procedure'; readonly message: string };

type Detail = Readonly<Record<string, unknown>>;

function coded(list: unknown): { code: string; name: string }[] {
  return records(list).map(({ item }) => ({
    code: text(item['code']).slice(0, 200),
    name: text(item['name']).slice(0, 4000),
  }));
}

function readProse(detail: Detail): ProcedureProse {
  const steps = records(detail['executionSteps']).map(({ item }) => {
    const name = text(item['name']);
    return { ...(name ? { name } : {}), text: text(item['description']) };
  });
  const methods = records(detail['executionMethods']).map(({ item }) => {
    const channel = channelOf(text(item['submissionMethod']));
    const timeText = `${number(item['processingTime']) ?? ''} ${text(item['processingTimeUnit'])}`.trim();
    return { ...(channel ? { channel } : {}), text: text(item['description']), ...(timeText ? { timeText } : {}) };
  });
  const requirements = text(detail['requirementsAndConditions']);
  const notes = ['description', 'note', 'dossierReceivingAddresses'].map((key) => text(detail[key])).filter(Boolean);
  return { steps, methods, ...(requirements ? { requirements } : {}), ...(notes.length > 0 ? { notes } : {}) };
}

function readLevels(detail: Detail, notes: ImportNotes): Level[] {
  const levels: Level[] = [];
  if (detail['isMinistry'] === true) levels.push('bo');
  if (detail['isProvince'] === true) levels.push('tinh');
  if (detail['isWard'] === true) levels.push('xa');
  if (levels.length > 0) return levels;
  notes.findings.push({
    rule: 'national/level-missing',
    severity: 'warning',
    path: 'detail',
    message: 'Nguồn không ghi cấp thực hiện; tạm ghi cấp xã.',
  });
  return ['xa'];
}

function readAuthority(detail: Detail): string {
  const names = ['unitGroupsAuthority', 'departmentsAuthority', 'unitGroupsExecuting', 'departmentsExecuting'].flatMap(
    (key) => records(detail[key]).map(({ item }) => text(item['name'])),
  );
  names.push(text(detail['executingAgencies']));
  return [...new Set(names.filter(Boolean))].join('; ').slice(0, 4000) || 'Chưa rõ cơ quan thực hiện';
}

/** Day of an instant in milliseconds as the portal writes it, in Vietnam; undefined outside 1990–2099. */
function dayOfMs(value: unknown): string | undefined {
  const ms = number(value);
  if (ms === undefined || ms < 631_152_000_000 || ms >= 4_102_444_800_000) return undefined;
  return dayOf(new Date(ms));
}

function readChannels(detail: Detail): ProcedureDefinition['channels'] {
  const methods = new Set(records(detail['executionMethods']).map(({ item }) => text(item['submissionMethod'])));
  const offlineOnly = detail['isOfflineOnly'] === true;
  // A missing method counts as direct (the rule of Bộ chỉ số 766).
  return {
    desk: methods.size === 0 || methods.has('DIRECT'),
    online: !offlineOnly && methods.has('ONLINE'),
    post: methods.has('POSTAL'),
  };
}

function draft(code: string, name: string, detail: Detail, notes: ImportNotes): ProcedureDefinition {
  const proposal = record(detail['procedureProposal']);
  const decided = dayOfMs(proposal['decisionDate']);
  const revisionDay = decided ?? dayOfMs(detail['updatedAt']) ?? '2025-07-01';
  if (!decided) {
    notes.findings.push({
      rule: 'national/decision-day-missing',
      severity: 'info',
      path: 'detail.procedureProposal.decisionDate',
      message: `Không có ngày quyết định công bố; tạm lấy ${revisionDay} làm ngày hiệu lực.`,
    });
  }
  const channels = readChannels(detail);
  const field = coded(detail['categoriesDetails'])[0] ?? coded([detail['category']])[0] ?? { code: '', name: '' };
  const { cases, timeLimits } = readLimits(detail, notes);
  const keywords = text(detail['keywords'])
    .split(/[,;]/)
    .map((word) => word.trim().slice(0, 200))
    .filter(Boolean)
    .slice(0, 50);
  const decision = text(proposal['proposalNumber']);
  return {
    code,
    revision: `national-${revisionDay}`,
    name,
    ...(keywords.length > 0 ? { keywords } : {}),
    field,
    levels: readLevels(detail, notes),
    authority: { text: readAuthority(detail) },
    validFrom: revisionDay,
    nonTerritorial: detail['isNonTerritorial'] === true,
    onlineLevel: !channels.online ? 'none' : detail['isFullProcess'] === true ? 'full' : 'partial',
    channels,
    guestFiling: false,
    subjectTypes: coded(detail['subjectTypesDetails']),
    cases,
    timeLimits,
    fees: readFees(detail, notes),
    ...readComponents(detail, notes),
    results: coded(detail['resultsDetails']).map((result) => ({
      code: result.code.slice(0, 120) || '?',
      name: result.name || '?',
    })),
    legalBases: coded(detail['legalBasisesDetails']),
    steps: [],
    retention: { code: '', years: 'permanent', verified: false },
    prose: readProse(detail),
    sources: [`Cổng dịch vụ công quốc gia, mã ${code}${decision ? `, quyết định công bố ${decision}` : ''}`],
    verified: false,
    unverified: ['Dữ liệu nhập từ Cổng dịch vụ công quốc gia, chưa đối chiếu với văn bản pháp luật.'],
  };
}

/**
 * Reads the national portal's JSON unchanged: `{code, name, detail:{…}}`, or the detail alone. Never throws; nothing in
 * the file is lost: what has no meaning for us stays as text and is reported, and the caller keeps the raw JSON.
 */
export function interpretNational(json: unknown): NationalReading {
  const top = record(json);
  const detail = 'detail' in top ? record(top['detail']) : top;
  const code = text(detail['code']) || text(top['code']);
  const name = text(detail['name']) || text(top['name']);
  if (!/^[1-9]\.\d{6}$/.test(code) || name.length < 3) {
    return {
      ok: false,
      code: 'national/not-a-procedure',
      message: 'Tệp không phải thủ tục của Cổng quốc gia: thiếu mã dạng 1.004873 hoặc tên.',
    };
  }
  const notes: ImportNotes = { findings: [], keptAsText: [] };
  const definition = draft(code, name.slice(0, 2000), detail, notes);
  const counts = {
    steps: definition.prose.steps.length,
    methods: definition.prose.methods.length,
    fees: definition.fees.length,
    cases: definition.cases.length,
    components: definition.components.length,
    legalBases: definition.legalBases.length,
  };
  return { ok: true, definition, counts, keptAsText: notes.keptAsText, findings: notes.findings };
}
