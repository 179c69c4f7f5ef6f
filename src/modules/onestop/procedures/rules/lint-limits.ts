import { findAllowanceError } from '../../../../core/working-time/index.ts';
import type { ProcedureDefinition } from './definition.ts';
import type { Report } from './lint-findings.ts';
import type { Area, Channel, TimeAllowance } from './parts.ts';
import { type Circumstances, limitText, resolveTimeLimit } from './time-limit.ts';

/** Every circumstance a dossier of this procedure can be received under: case × area × open channel. */
export function allCircumstances(definition: ProcedureDefinition): Circumstances[] {
  const areas: Area[] = ['normal', 'difficult'];
  const channels = (['desk', 'online', 'post'] as const satisfies readonly Channel[]).filter(
    (one) => definition.channels[one],
  );
  const caseIds = definition.cases.length > 0 ? definition.cases.map((one) => one.id) : [undefined];
  return caseIds.flatMap((caseId) => areas.flatMap((area) => channels.map((channel) => ({ caseId, area, channel }))));
}

/** Names a circumstance in messages. */
export function circumstanceText({ caseId, area, channel }: Circumstances): string {
  return [
    caseId ? `trường hợp ${caseId}` : '',
    area === 'difficult' ? 'địa bàn khó khăn' : '',
    channel ? `kênh ${channel}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function lintAllowance(allow: TimeAllowance, path: string, report: Report): void {
  const error = findAllowanceError(allow);
  if (error) report('limits/allowance', 'error', path, error.message);
  else if (allow.unit !== 'same-day' && (allow.amount ?? 0) === 0) {
    report('limits/allowance', 'error', path, 'Thời hạn giải quyết phải lớn hơn 0.');
  }
}

/** Rules `limits/*`. */
export function lintLimits(definition: ProcedureDefinition, report: Report): void {
  if (definition.timeLimits.length === 0)
    report('limits/missing', 'error', '/timeLimits', 'Chưa có thời hạn giải quyết.');
  definition.timeLimits.forEach((limit, at) => {
    const path = `/timeLimits/${at}`;
    if ((limit.allow === undefined) === (limit.phases === undefined)) {
      report('limits/allow-or-phases', 'error', path, 'Ghi đúng một trong hai: allow hoặc phases.');
    }
    if (limit.allow) lintAllowance(limit.allow, `${path}/allow`, report);
    limit.phases?.forEach((phase, index) => {
      lintAllowance(phase, `${path}/phases/${index}`, report);
    });
    if (limit.case !== undefined && !definition.cases.some((one) => one.id === limit.case)) {
      report('cases/unknown', 'error', `${path}/case`, `Không có trường hợp “${limit.case}”.`);
    }
    if (!limit.source && limit.verified) {
      report(
        'limits/source-missing',
        'warning',
        path,
        `Thời hạn ${limitText(limit)} ghi là đã kiểm tra nhưng không có nguồn.`,
      );
    }
  });
  const used = new Set<number>();
  for (const circumstances of allCircumstances(definition)) {
    const resolved = resolveTimeLimit(definition, circumstances);
    if (resolved.ok) used.add(resolved.index);
    else if (definition.timeLimits.length > 0) {
      report('limits/missing', 'error', '/timeLimits', `Thiếu thời hạn cho ${circumstanceText(circumstances)}.`);
    }
  }
  definition.timeLimits.forEach((limit, at) => {
    const unknownCase = limit.case !== undefined && !definition.cases.some((one) => one.id === limit.case);
    if (!used.has(at) && !unknownCase) {
      report(
        'limits/unreachable',
        'error',
        `/timeLimits/${at}`,
        `Thời hạn ${limitText(limit)} không bao giờ được dùng.`,
      );
    }
  });
}
