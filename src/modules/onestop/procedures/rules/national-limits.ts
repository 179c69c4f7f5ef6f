import { type ImportNotes, number, record, records, text, uniqueIds } from './national-read.ts';
import { allowanceOf, guessAllowance, sameAllowance } from './national-time.ts';
import type { Channel, ProcedureCase, TimeAllowance, TimeLimit } from './parts.ts';
import { allowanceText } from './time-limit.ts';

type Detail = Readonly<Record<string, unknown>>;

/** Channel of a `submissionMethod`; undefined for an unknown one. */
export function channelOf(method: string): Channel | undefined {
  if (method === 'DIRECT') return 'desk';
  if (method === 'ONLINE') return 'online';
  return method === 'POSTAL' ? 'post' : undefined;
}

/** The portal's cases, one each, none lost: a repeated code gets `~2` and a finding. */
export function readCases(
  detail: Detail,
  notes: ImportNotes,
): { cases: ProcedureCase[]; limits: (TimeAllowance | undefined)[] } {
  const unique = uniqueIds();
  const cases: ProcedureCase[] = [];
  const limits: (TimeAllowance | undefined)[] = [];
  for (const { at, item } of records(detail['cases'])) {
    const path = `detail.cases[${at}]`;
    const code = text(item['code']);
    const { id, repeated } = unique(code || `case-${at + 1}`);
    if (repeated) {
      notes.findings.push({
        rule: 'national/case-code-repeated',
        severity: 'warning',
        path: `${path}.code`,
        message: `Mã trường hợp ${code} lặp lại; trường hợp này được giữ với mã ${id}.`,
      });
    }
    const day = record(item['processingDay']);
    const unit = text(day['type']);
    const allow = allowanceOf(number(day['qty']), unit);
    if (!allow) {
      notes.keptAsText.push({
        path: `${path}.processingDay`,
        reason: 'time-limit',
        text: `${number(day['qty']) ?? ''} ${unit}`.trim(),
      });
    }
    cases.push({ id, name: text(item['name']) || id });
    limits.push(allow);
  }
  return { cases, limits };
}

type MethodLimit = {
  readonly at: number;
  readonly channel: Channel | undefined;
  readonly allow: TimeAllowance | undefined;
};

function readMethodLimits(detail: Detail, notes: ImportNotes): MethodLimit[] {
  return records(detail['executionMethods']).map(({ at, item }) => {
    const path = `detail.executionMethods[${at}]`;
    const unit = text(item['processingTimeUnit']);
    const quantity = number(item['processingTime']);
    const given = allowanceOf(quantity, unit);
    const words = text(item['description']);
    const guessed = given ? undefined : guessAllowance(words);
    if (!given) {
      notes.keptAsText.push({
        path: `${path}.processingTime`,
        reason: guessed ? 'time-limit-guessed' : 'time-limit',
        text: `${quantity ?? ''} ${unit}${words ? `: ${words}` : ''}`.trim().slice(0, 2000),
      });
    }
    if (guessed) {
      notes.findings.push({
        rule: 'national/limit-guessed',
        severity: 'warning',
        path: `${path}.description`,
        message: `Thời hạn đoán từ lời văn: ${allowanceText(guessed)}. Cần người kiểm tra.`,
      });
    }
    return { at, channel: channelOf(text(item['submissionMethod'])), allow: given ?? guessed };
  });
}

function limitEntry(allow: TimeAllowance, qualifiers: { case?: string; channel?: Channel }): TimeLimit {
  return { ...qualifiers, allow, verified: false };
}

/**
 * Limits by precedence case > method > text (contracts §2). Every contradiction is a finding, none a failure.
 * Example: case says 20 days, methods 10 working days → 20 days for the case, one finding a method.
 */
export function readLimits(detail: Detail, notes: ImportNotes): { cases: ProcedureCase[]; timeLimits: TimeLimit[] } {
  const { cases, limits } = readCases(detail, notes);
  const methods = readMethodLimits(detail, notes);
  const timeLimits: TimeLimit[] = [];
  cases.forEach((one, at) => {
    const allow = limits[at];
    if (allow) timeLimits.push(limitEntry(allow, { case: one.id }));
    if (allow?.unit === 'clock-hour') hoursFinding(notes, `detail.cases[${at}].processingDay`);
  });
  const allCasesHaveOne = cases.length > 0 && limits.every((allow) => allow !== undefined);
  const byChannel = new Map<Channel | 'any', MethodLimit>();
  for (const method of methods) {
    if (!method.allow) continue;
    const path = `detail.executionMethods[${method.at}]`;
    const inConflict = limits.find((allow) => allow !== undefined && !sameAllowance(allow, method.allow));
    if (inConflict) {
      notes.findings.push({
        rule: 'national/limit-conflict',
        severity: 'warning',
        path,
        message: `Cách thức ghi ${allowanceText(method.allow)} nhưng trường hợp ghi ${allowanceText(inConflict)}; lấy theo trường hợp.`,
      });
    }
    const key = method.channel ?? 'any';
    const before = byChannel.get(key);
    if (!before) byChannel.set(key, method);
    else if (!sameAllowance(before.allow, method.allow)) {
      notes.findings.push({
        rule: 'national/limit-conflict',
        severity: 'warning',
        path,
        message: `Cùng một kênh ghi hai thời hạn; dùng cái đầu, giữ cái sau dạng chữ: ${allowanceText(method.allow)}.`,
      });
      notes.keptAsText.push({ path, reason: 'time-limit', text: allowanceText(method.allow) });
    }
  }
  if (!allCasesHaveOne) timeLimits.push(...methodLimits(byChannel, notes));
  if (timeLimits.length === 0) timeLimits.push(...limitFromSteps(detail, notes));
  return { cases, timeLimits };
}

function methodLimits(byChannel: ReadonlyMap<Channel | 'any', MethodLimit>, notes: ImportNotes): TimeLimit[] {
  const entries: TimeLimit[] = [];
  for (const { at, channel, allow } of byChannel.values()) {
    if (!allow) continue;
    entries.push(limitEntry(allow, channel ? { channel } : {}));
    if (allow.unit === 'clock-hour') hoursFinding(notes, `detail.executionMethods[${at}]`);
  }
  return entries;
}

function limitFromSteps(detail: Detail, notes: ImportNotes): TimeLimit[] {
  const words = records(detail['executionSteps'])
    .map(({ item }) => text(item['description']))
    .join('\n');
  const allow = guessAllowance(words);
  notes.findings.push({
    rule: allow ? 'national/limit-guessed' : 'national/limit-missing',
    severity: 'warning',
    path: 'detail.executionSteps',
    message: allow
      ? `Thời hạn đoán từ trình tự thực hiện: ${allowanceText(allow)}. Cần người kiểm tra.`
      : 'Không đọc được thời hạn giải quyết từ trường hợp, cách thức hay lời văn; phải nhập tay.',
  });
  return allow ? [limitEntry(allow, {})] : [];
}

function hoursFinding(notes: ImportNotes, path: string): void {
  notes.findings.push({
    rule: 'national/hours-ambiguous',
    severity: 'warning',
    path,
    message: 'Nguồn ghi “giờ”, không nói giờ làm việc hay giờ đồng hồ; tạm tính giờ đồng hồ.',
  });
}
