import { channelOf } from './national-limits.ts';
import { type ImportNotes, number, records, text, uniqueIds } from './national-read.ts';
import type { Channel, Fee } from './parts.ts';

type Detail = Readonly<Record<string, unknown>>;

/** The portal's id for đồng in the fees we have seen; an empty id means đồng as well. */
const VND_IDS = new Set(['', '019b3fb2-b5b8-70ac-85e2-9409ec1eaffa']);
const PROVINCE_SETS = /h[ộồ]i\s+đ[ồô]ng\s+nhân\s+dân|HĐND/iu;
const FREE = /^[\s(-]*(?:miễn|không\s+(?:thu|quy\s+định|có))/iu;

function currencyOf(item: Readonly<Record<string, unknown>>): string {
  const name = text(item['currencyName']);
  const id = text(item['currencyId']);
  if (/việt\s*nam|vnd|đồng/iu.test(name) || (name === '' && VND_IDS.has(id))) return 'VND';
  return name || `?${id}`;
}

function kindOf(type: string, path: string, notes: ImportNotes): Fee['kind'] {
  if (type === 'SERVICE_FEE') return 'charge';
  if (type !== 'FEE') {
    notes.findings.push({
      rule: 'national/fee-type-unknown',
      severity: 'warning',
      path: `${path}.type`,
      message: `Loại khoản thu “${type}” không rõ; tạm ghi là phí.`,
    });
  }
  return 'fee';
}

function readFee(
  item: Readonly<Record<string, unknown>>,
  id: string,
  channel: Channel | undefined,
  path: string,
  notes: ImportNotes,
): Fee {
  const kind = kindOf(text(item['type']), path, notes);
  const description = text(item['description']).slice(0, 8000);
  const value = number(item['value']);
  const currency = currencyOf(item);
  const base: Fee = {
    id,
    name: kind === 'fee' ? 'Phí' : 'Lệ phí',
    kind,
    ...(channel ? { channel } : {}),
    ...(description ? { description } : {}),
    payWhen: 'intake',
    verified: false,
  };
  if (description)
    notes.keptAsText.push({ path: `${path}.description`, reason: 'fee', text: description.slice(0, 2000) });
  if (currency !== 'VND') {
    notes.findings.push({
      rule: 'national/fee-currency',
      severity: 'warning',
      path: `${path}.currencyId`,
      message: `Khoản thu bằng ${currency} chỉ để thông tin, hệ thống không thu.`,
    });
    return { ...base, foreign: { amount: value ?? 0, currency } };
  }
  const setByProvince = PROVINCE_SETS.test(description);
  if (value === undefined || value < 0 || !Number.isSafeInteger(value)) {
    notes.findings.push({
      rule: 'national/fee-amount-unreadable',
      severity: 'warning',
      path: `${path}.value`,
      message: 'Mức thu không phải số nguyên đồng; giữ dạng chữ.',
    });
    return { ...base, ...(setByProvince ? { setByProvince } : {}) };
  }
  if (value === 0 && description !== '' && !FREE.test(description)) {
    notes.findings.push({
      rule: 'national/fee-amount-unknown',
      severity: 'warning',
      path: `${path}.value`,
      message: setByProvince
        ? 'Mức thu do HĐND cấp tỉnh quyết định; phải nhập mức của tỉnh.'
        : 'Nguồn ghi 0 đồng nhưng lời văn nói có thu; phải xem lời văn.',
    });
  }
  return { ...base, amountVnd: value, ...(setByProvince ? { setByProvince } : {}) };
}

/**
 * All fees of all methods, then those of the procedure itself; none lost, none merged. `SERVICE_FEE` is read as lệ phí,
 * `FEE` as phí. Fees in another currency are told, not charged.
 */
export function readFees(detail: Detail, notes: ImportNotes): Fee[] {
  const unique = uniqueIds();
  const fees: Fee[] = [];
  for (const { at, item: method } of records(detail['executionMethods'])) {
    const channel = channelOf(text(method['submissionMethod']));
    for (const { at: index, item } of records(method['fees'])) {
      const { id } = unique(`${channel ?? 'any'}-fee`);
      fees.push(readFee(item, id, channel, `detail.executionMethods[${at}].fees[${index}]`, notes));
    }
  }
  for (const { at, item } of records(detail['fees'])) {
    fees.push(readFee(item, unique('fee').id, undefined, `detail.fees[${at}]`, notes));
  }
  return fees;
}
