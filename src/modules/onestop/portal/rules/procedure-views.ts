import type { ProcedureDefinition } from '../../procedures/rules/definition.ts';
import type { Fee } from '../../procedures/rules/parts.ts';
import { allowanceText, limitText } from '../../procedures/rules/time-limit.ts';
import type { FeeAmount, ProcedureSummary, ProcedureView } from './browse-views.ts';
import type { FilingOffer } from './filing-offer.ts';

/** What a fee comes to before anything is filed. */
export function feeAmount(fee: Fee): FeeAmount {
  if (fee.foreign) return { kind: 'foreign', ...fee.foreign };
  if (fee.setByProvince) return { kind: 'by-province' };
  if (fee.rule !== undefined) return { kind: 'computed' };
  if (fee.amountVnd === undefined || fee.amountVnd === 0) return { kind: 'free' };
  return { kind: 'fixed', amountVnd: fee.amountVnd };
}

/** The dearest of several fees; a fee not known beforehand weighs more than any known one. */
export function dearest(fees: readonly Fee[]): FeeAmount {
  const amounts = fees.map(feeAmount);
  const unknown = amounts.find(
    (amount) => amount.kind === 'by-province' || amount.kind === 'computed' || amount.kind === 'foreign',
  );
  if (unknown) return unknown;
  const fixed = amounts.flatMap((amount) => (amount.kind === 'fixed' ? [amount.amountVnd] : []));
  return fixed.length === 0 ? { kind: 'free' } : { kind: 'fixed', amountVnd: Math.max(...fixed) };
}

/** A procedure as a line of a list. */
export function summaryOf(definition: ProcedureDefinition): ProcedureSummary {
  const first = definition.timeLimits[0];
  return {
    code: definition.code,
    name: definition.name,
    fieldName: definition.field.name,
    limitText: first ? limitText(first) : '',
    fee: dearest(definition.fees),
    online: definition.channels.online ? definition.onlineLevel : 'none',
  };
}

/** A procedure as its page before sign-in. `formTitle`: the form that is filled in online, if any. */
export function procedureView(
  definition: ProcedureDefinition,
  formTitle: string | null,
  offer: FilingOffer,
): ProcedureView {
  const caseNames = new Map(definition.cases.map((one) => [one.id, one.name]));
  const { channels, prose } = definition;
  return {
    code: definition.code,
    name: definition.name,
    fieldName: definition.field.name,
    authorityText: definition.authority.text,
    subjectsText: definition.subjectTypes.map((subject) => subject.name).join('; '),
    channels: (['desk', 'online', 'post'] as const).filter((channel) => channels[channel]),
    cases: definition.cases.map(({ id, name }) => ({ id, name })),
    limits: definition.timeLimits.map((limit) => ({
      caseName: limit.case === undefined ? null : (caseNames.get(limit.case) ?? limit.case),
      area: limit.area ?? null,
      channel: limit.channel ?? null,
      text: limitText(limit),
      note: limit.note ?? '',
    })),
    fees: definition.fees.map((fee) => ({
      id: fee.id,
      name: fee.name,
      amount: feeAmount(fee),
      description: fee.description ?? '',
      exemptions: (fee.exemptions ?? []).map((exemption) => exemption.name),
    })),
    componentGroups: groupsOf(definition),
    steps: definition.steps.map((step) => ({
      id: step.id,
      name: step.name,
      role: step.role,
      allow: step.allow.amount === 0 ? '' : allowanceText(step.allow),
    })),
    proseSteps: prose.steps.map((step) => ({ name: step.name ?? '', text: step.text })),
    methods: prose.methods.map((method) => ({ channel: method.channel ?? null, text: method.text })),
    requirements: prose.requirements ?? '',
    results: definition.results.map((result) => ({ name: result.name, validity: result.validity ?? '' })),
    legalBases: definition.legalBases.map(({ code, name }) => ({ code, name })),
    formTitle,
    validFrom: definition.validFrom,
    verified: definition.verified,
    offer,
  };
}

function groupsOf(definition: ProcedureDefinition): ProcedureView['componentGroups'] {
  const named = [...(definition.componentGroups ?? []), { id: '', name: '' }];
  const known = new Set(named.map((group) => group.id));
  return named
    .map((group) => ({
      id: group.id,
      title: group.name,
      items: definition.components
        .filter((component) => (known.has(component.group ?? '') ? (component.group ?? '') : '') === group.id)
        .map((component) => ({
          id: component.id,
          name: component.name,
          required:
            typeof component.required === 'string'
              ? ('sometimes' as const)
              : component.required
                ? ('yes' as const)
                : ('no' as const),
          originals: component.originals,
          copies: component.copies,
          present: component.present,
          hint: component.hint ?? '',
          filledOnline: component.form !== undefined,
        })),
    }))
    .filter((group) => group.items.length > 0);
}
