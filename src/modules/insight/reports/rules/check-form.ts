import { Value } from 'typebox/value';
import { isDay } from '../../../../core/time/index.ts';
import { type Finding, lintReport, type ReportDefinition, ReportFile } from './form.ts';
import type { KnownRegister } from './source.ts';

/** Other reports of the installation: what a form may name, and names it may not take. */
export type OtherReport = { readonly id: string; readonly aliases: readonly string[] };

export type CheckedForm =
  | { readonly ok: true; readonly report: ReportDefinition }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** `/columns/2/title` → `columns[2].title`. */
const placeOf = (pointer: string): string =>
  pointer
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');

const MOST = 50;

/**
 * Checks a form somebody designed: its shape, its references, real days, names nobody else has. Every finding names its
 * place: `columns[3].plus[1]`.
 * @param others reports but the one itself
 */
export function checkForm(
  value: unknown,
  others: readonly OtherReport[],
  registers: readonly KnownRegister[],
  plain: (name: string) => string,
): CheckedForm {
  if (!Value.Check(ReportFile, value)) {
    const found = [...Value.Errors(ReportFile, value)]
      .filter((error) => error.keyword !== 'additionalProperties' && error.keyword !== 'anyOf')
      .map((error) => ({ path: placeOf(error.instancePath), message: error.message }));
    const first = [...new Map(found.map((each) => [each.path, each])).values()].slice(0, MOST);
    return { ok: false, findings: first.length > 0 ? first : [{ path: '', message: 'không đúng cấu trúc biểu' }] };
  }
  const findings = [...lintReport(value, registers), ...daysOf(value), ...namesOf(value, others, plain)];
  return findings.length > 0 ? { ok: false, findings: findings.slice(0, MOST) } : { ok: true, report: value };
}

function daysOf({ validFrom, validTo }: ReportDefinition): Finding[] {
  const findings: Finding[] = [];
  if (!isDay(validFrom)) findings.push({ path: 'validFrom', message: 'ngày không có thật' });
  if (validTo !== undefined && !isDay(validTo)) findings.push({ path: 'validTo', message: 'ngày không có thật' });
  if (validTo !== undefined && validTo < validFrom) findings.push({ path: 'validTo', message: 'trước ngày bắt đầu' });
  return findings;
}

function namesOf(
  { id, aliases, rows }: ReportDefinition,
  others: readonly OtherReport[],
  plain: (name: string) => string,
): Finding[] {
  const taken = new Set(others.flatMap((other) => [other.id, ...other.aliases].map(plain)));
  const findings: Finding[] = [];
  if (taken.has(plain(id))) findings.push({ path: 'id', message: `mã ${id} là tên của báo cáo khác` });
  aliases.forEach((alias, at) => {
    if (taken.has(plain(alias))) findings.push({ path: `aliases[${at}]`, message: `${alias} là tên của báo cáo khác` });
  });
  if (rows.by === 'unit') {
    const known = new Set([id, ...others.map((other) => other.id)]);
    rows.of.forEach((of, at) => {
      if (!known.has(of)) findings.push({ path: `rows.of[${at}]`, message: `không có báo cáo ${of}` });
    });
  }
  return findings;
}
