import { compileRule } from './conditions.ts';
import type { ProcedureDefinition } from './definition.ts';
import { ruleVariables } from './form-variables.ts';
import { lintFees } from './lint-fees.ts';
import { expressionProblem, type Report, reportRepeats } from './lint-findings.ts';
import { lintForm } from './lint-form.ts';
import { lintLimits } from './lint-limits.ts';
import { lintComponents, lintResults } from './lint-papers.ts';
import { lintSteps } from './lint-steps.ts';
import type { Finding } from './national-read.ts';
import { limitText } from './time-limit.ts';

function lintHead(definition: ProcedureDefinition, report: Report): void {
  const { channels, onlineLevel } = definition;
  if (definition.validTo !== undefined && definition.validTo < definition.validFrom) {
    report('dates/order', 'error', '/validTo', 'Ngày hết hiệu lực trước ngày có hiệu lực.');
  }
  if (!channels.desk && !channels.online && !channels.post) {
    report('channels/none', 'error', '/channels', 'Không có kênh nào nhận hồ sơ.');
  }
  if (channels.online !== (onlineLevel !== 'none')) {
    report('channels/online-level', 'error', '/onlineLevel', 'Mức trực tuyến không khớp với kênh trực tuyến.');
  }
  if (definition.guestFiling && !channels.online) {
    report(
      'channels/guest-filing',
      'error',
      '/guestFiling',
      'Nộp không cần tài khoản chỉ có nghĩa khi nhận trực tuyến.',
    );
  }
  if (definition.legalBases.length === 0) report('law/missing', 'error', '/legalBases', 'Chưa có căn cứ pháp lý.');
  if (definition.sources.length === 0) report('sources/missing', 'warning', '/sources', 'Chưa ghi nguồn nội dung.');
  if (definition.field.code === '') report('field/missing', 'warning', '/field', 'Chưa ghi lĩnh vực.');
  if (definition.subjectTypes.length === 0)
    report('subjects/missing', 'warning', '/subjectTypes', 'Chưa ghi đối tượng thực hiện.');
}

function lintCases(definition: ProcedureDefinition, report: Report): void {
  reportRepeats(
    definition.cases.map((one) => one.id),
    (id, at) => report('cases/duplicate-id', 'error', `/cases/${at}/id`, `Mã trường hợp “${id}” bị lặp.`),
  );
  definition.cases.forEach((one, at) => {
    if (one.condition === undefined) return;
    const rule = compileRule(one.condition, ruleVariables(definition.form), 'bool');
    if ('code' in rule) report('cases/condition', 'error', `/cases/${at}/condition`, expressionProblem(rule));
  });
  for (const [at, group] of (definition.componentGroups ?? []).entries()) {
    if (group.case !== undefined && !definition.cases.some((one) => one.id === group.case)) {
      report('cases/unknown', 'error', `/componentGroups/${at}/case`, `Không có trường hợp “${group.case}”.`);
    }
  }
}

function lintUnverified(definition: ProcedureDefinition, report: Report): void {
  definition.timeLimits.forEach((limit, at) => {
    if (!limit.verified)
      report('unverified/limit', 'info', `/timeLimits/${at}`, `Chưa kiểm tra: thời hạn ${limitText(limit)}.`);
  });
  definition.fees.forEach((fee, at) => {
    if (!fee.verified) report('unverified/fee', 'info', `/fees/${at}`, `Chưa kiểm tra: ${fee.name}.`);
  });
  if (!definition.retention.verified)
    report('unverified/retention', 'info', '/retention', 'Chưa kiểm tra: thời hạn bảo quản.');
  if (!definition.verified)
    report('unverified/revision', 'info', '/', 'Bản này chưa được đối chiếu với văn bản pháp luật.');
  if (!definition.verified && (definition.unverified ?? []).length === 0) {
    report('unverified/unnamed', 'warning', '/unverified', 'Chưa ghi rõ những gì chưa kiểm tra.');
  }
}

/**
 * What is wrong with a procedure, by named rules (all listed in the module's README). `error` stops publishing,
 * `warning` should be looked at, `info` lists what is not verified. Order: as in the definition.
 */
export function lintProcedure(definition: ProcedureDefinition): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (rule, severity, path, message) => findings.push({ rule, severity, path, message });
  lintHead(definition, report);
  lintCases(definition, report);
  lintLimits(definition, report);
  lintFees(definition, report);
  lintComponents(definition, report);
  lintResults(definition, report);
  lintSteps(definition, report);
  lintForm(definition, report);
  lintUnverified(definition, report);
  return findings;
}

/** True where nothing stops the revision from being published. A revision without steps cannot be worked. */
export function isPublishable(definition: ProcedureDefinition): boolean {
  return definition.steps.length > 0 && lintProcedure(definition).every((finding) => finding.severity !== 'error');
}
