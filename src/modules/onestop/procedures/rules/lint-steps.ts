import { checkStepAllowances } from '../../../../core/working-time/index.ts';
import type { ProcedureDefinition } from './definition.ts';
import { type Report, reportRepeats } from './lint-findings.ts';
import { allCircumstances, circumstanceText } from './lint-limits.ts';
import type { TimeAllowance } from './parts.ts';
import { allowanceText, type Circumstances, resolveTimeLimit, stepAllowance } from './time-limit.ts';
import type { WorkStep } from './work.ts';

/** Role that goes with each kind of step; another one is a slip of the pen. */
const ROLES: Readonly<Record<WorkStep['kind'], readonly WorkStep['role'][]>> = {
  receive: ['receiver'],
  process: ['officer', 'receiver'],
  review: ['head-of-office', 'officer'],
  approve: ['chairman', 'head-of-office'],
  number: ['clerk', 'receiver'],
  'hand-over': ['returner', 'receiver'],
};

function lintOrder(steps: readonly WorkStep[], report: Report): void {
  const kinds = steps.map((step) => step.kind);
  if (kinds[0] !== 'receive') report('steps/first-receives', 'error', '/steps/0', 'Bước đầu phải là tiếp nhận.');
  if (kinds.at(-1) !== 'hand-over') {
    report('steps/last-hands-over', 'error', `/steps/${steps.length - 1}`, 'Bước cuối phải là trả kết quả.');
  }
  if (!kinds.includes('process')) report('steps/process-missing', 'error', '/steps', 'Chưa có bước thụ lý.');
  const approve = kinds.lastIndexOf('approve');
  if (approve < 0) report('steps/approve-missing', 'error', '/steps', 'Chưa có bước phê duyệt.');
  const number = kinds.indexOf('number');
  if (number >= 0 && number < approve) {
    report('steps/number-before-approve', 'error', `/steps/${number}`, 'Chỉ cấp số sau khi đã ký duyệt.');
  }
}

function lintSums(definition: ProcedureDefinition, report: Report): void {
  const told = new Set<string>();
  for (const circumstances of allCircumstances(definition)) {
    const resolved = resolveTimeLimit(definition, circumstances);
    if (!resolved.ok) continue;
    const limits = resolved.limit.phases ?? (resolved.limit.allow ? [resolved.limit.allow] : []);
    limits.forEach((limit, phase) => {
      const steps = definition.steps.filter((step) => limits.length === 1 || (step.phase ?? 1) === phase + 1);
      const message = sumProblem(steps, limit, circumstances);
      if (message === undefined || told.has(message)) return;
      told.add(message);
      report('steps/sum', 'error', '/steps', `${message} (${circumstanceText(circumstances)}).`);
    });
  }
}

function sumProblem(steps: readonly WorkStep[], limit: TimeAllowance, at: Circumstances): string | undefined {
  const checked = checkStepAllowances(
    steps.map((step) => stepAllowance(step, at)),
    limit,
  );
  return checked.ok
    ? undefined
    : `Các bước không khớp thời hạn ${allowanceText(limit)}: ${checked.error.message.replace(/\.$/, '')}`;
}

/** Rules `steps/*`. A draft without steps gets one warning. */
export function lintSteps(definition: ProcedureDefinition, report: Report): void {
  const { steps } = definition;
  if (steps.length === 0) {
    report('steps/none', 'warning', '/steps', 'Chưa có quy trình xử lý; chưa công bố được.');
    return;
  }
  reportRepeats(
    steps.map((step) => step.id),
    (id, at) => report('steps/duplicate-id', 'error', `/steps/${at}/id`, `Mã bước “${id}” bị lặp.`),
  );
  steps.forEach((step, at) => {
    if (!ROLES[step.kind].includes(step.role)) {
      report(
        'steps/role',
        'error',
        `/steps/${at}/role`,
        `Bước “${step.name}” (${step.kind}) không hợp với vai trò ${step.role}.`,
      );
    }
    if ((step.at === 'office') !== (step.office !== undefined)) {
      report(
        'steps/office',
        'error',
        `/steps/${at}`,
        `Bước “${step.name}” phải ghi office khi và chỉ khi at là office.`,
      );
    }
    for (const [index, other] of (step.allowWhen ?? []).entries()) {
      if (other.case !== undefined && !definition.cases.some((one) => one.id === other.case)) {
        report(
          'cases/unknown',
          'error',
          `/steps/${at}/allowWhen/${index}/case`,
          `Không có trường hợp “${other.case}”.`,
        );
      }
    }
  });
  lintOrder(steps, report);
  lintSums(definition, report);
}
