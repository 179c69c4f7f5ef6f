import { useState } from 'react';
import {
  type Criterion,
  type Domain,
  lintFormula,
  type ScoringRule,
  type SubCriterion,
} from '../../../../core/scoring/index.ts';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { readNumber } from '../reports/words.ts';
import { ChangeForm } from './act-dialog.tsx';
import { RULE_KINDS, type RuleKind, readRule, ruleLine } from './rule-form.ts';
import type { TreeLine } from './set-tree.ts';

const LEVELS = ['province', 'district', 'commune'] as const;
const TREATS = ['', 'skip', 'full'] as const;

/** One domain, criterion or sub-criterion: name, maximum, rule, source, levels it does not apply to. */
export function ItemDialog({
  line,
  metrics,
  parts,
  change,
  close,
}: {
  line: TreeLine;
  metrics: readonly { id: string; name: string }[];
  parts: readonly { id: string; name: string }[];
  change: (item: Domain | Criterion | SubCriterion) => void;
  close: () => void;
}) {
  const t = useTranslate();
  const item = line.item as Criterion & { part?: string };
  const isDomain = line.depth === 0;
  const [name, setName] = useState(item.name);
  const [max, setMax] = useState(typedNumberVi(item.max));
  const [part, setPart] = useState(item.part ?? '');
  const [kind, setKind] = useState<RuleKind>(item.rule?.kind ?? 'manual');
  const [text, setText] = useState(ruleLine(item.rule));
  const [metric, setMetric] = useState(item.metric ?? '');
  const [zero, setZero] = useState(item.zeroDenominator ?? '');
  const [source, setSource] = useState(item.source ?? '');
  const [note, setNote] = useState(item.note ?? '');
  const [treats, setTreats] = useState<Record<string, string>>(
    Object.fromEntries((item.notFor ?? []).map((each) => [each.level, each.treat])),
  );
  const maximum = readNumber(max);
  const rule = isDomain || line.parent ? undefined : readRule(kind, text);
  const ruleFault = isDomain || line.parent ? undefined : faultOf(rule, typeof maximum === 'number' ? maximum : 0);
  const ready = name.trim() !== '' && typeof maximum === 'number' && ruleFault === undefined;

  function apply(): void {
    if (typeof maximum !== 'number') return;
    const base = { id: item.id, name: name.trim(), max: maximum, ...(note.trim() ? { note: note.trim() } : {}) };
    const members = item.criteria ? { criteria: item.criteria } : {};
    if (isDomain) {
      change({ ...base, ...members, ...(part ? { part } : {}) });
      return;
    }
    const notFor = Object.entries(treats).flatMap(([level, treat]) =>
      treat === 'skip' || treat === 'full' ? [{ level, treat } as const] : [],
    );
    change({
      ...base,
      ...members,
      ...(source.trim() ? { source: source.trim() } : {}),
      ...(notFor.length > 0 ? { notFor } : {}),
      ...(item.verified === undefined ? {} : { verified: item.verified }),
      ...(line.parent ? {} : scoring(rule, metric, zero)),
    });
  }

  /** What is wrong with the line that was typed of the rule. */
  function faultOf(read: ScoringRule | undefined, top: number): string | undefined {
    if (read === undefined) return t('indices.rule-wrong');
    const problem = read.kind === 'formula' ? lintFormula(read.expression, top) : undefined;
    return problem && t('indices.formula-wrong', { place: problem.place, message: problem.message });
  }

  return (
    <ChangeForm
      title={t('indices.edit-named', { name: item.name })}
      ready={ready}
      apply={apply}
      label={t('indices.apply')}
      close={close}
    >
      <TextField
        id="item-name"
        label={t('indices.item-name')}
        maxLength={400}
        error={name.trim() === '' ? t('indices.frame-faults.name') : undefined}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextField
        id="item-max"
        label={t('indices.max')}
        short
        inputMode="decimal"
        error={typeof maximum !== 'number' ? t('indices.no-number') : undefined}
        value={max}
        onChange={(event) => setMax(event.currentTarget.value)}
      />
      {isDomain && parts.length > 0 ? (
        <Select
          id="item-part"
          label={t('indices.part')}
          value={part}
          empty={t('indices.no-part')}
          onChange={setPart}
          options={parts.map((each) => ({ value: each.id, label: each.name }))}
        />
      ) : null}
      {isDomain || line.parent ? null : (
        <>
          <Select
            id="item-kind"
            label={t('indices.rule')}
            value={kind}
            onChange={(value) => setKind(RULE_KINDS.find((each) => each === value) ?? 'manual')}
            options={RULE_KINDS.map((value) => ({ value, label: t(`indices.rule-kinds.${value}`) }))}
          />
          {kind === 'manual' || kind === 'checklist' ? null : (
            <TextField
              id="item-rule"
              label={t('indices.rule-line')}
              hint={t(`indices.rule-hints.${kind}`)}
              error={ruleFault}
              maxLength={400}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {kind === 'manual' ? null : (
            <>
              <Select
                id="item-metric"
                label={t('indices.metric')}
                value={metric}
                empty={t('indices.no-metric')}
                onChange={setMetric}
                options={[
                  ...metrics.map((each) => ({ value: each.id, label: each.name })),
                  ...(metric !== '' && !metrics.some((each) => each.id === metric)
                    ? [{ value: metric, label: metric }]
                    : []),
                ]}
              />
              <Select
                id="item-zero"
                label={t('indices.zero')}
                value={zero}
                empty={t('indices.zero-nothing')}
                onChange={(value) => setZero(value === 'full' || value === 'none' ? value : '')}
                options={(['full', 'none'] as const).map((value) => ({ value, label: t(`indices.zeros.${value}`) }))}
              />
            </>
          )}
        </>
      )}
      {isDomain ? null : (
        <>
          {LEVELS.map((level) => (
            <Select
              key={level}
              id={`item-${level}`}
              label={t('indices.applies', { level: t(`indices.levels.${level}`) })}
              value={treats[level] ?? ''}
              onChange={(value) => setTreats({ ...treats, [level]: value })}
              options={TREATS.map((value) => ({ value, label: t(`indices.applies-as.${value || 'yes'}`) }))}
            />
          ))}
          <TextField
            id="item-source"
            label={t('indices.source')}
            optional
            maxLength={400}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
        </>
      )}
      <TextField
        id="item-note"
        label={t('indices.note')}
        optional
        maxLength={600}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ChangeForm>
  );
}

function scoring(
  rule: ScoringRule | undefined,
  metric: string,
  zero: string,
): Pick<SubCriterion, 'rule' | 'metric' | 'zeroDenominator'> {
  // Points that somebody gives come from no figure.
  if (rule === undefined || rule.kind === 'manual') return rule ? { rule } : {};
  return {
    rule,
    ...(metric ? { metric } : {}),
    ...(zero === 'full' || zero === 'none' ? { zeroDenominator: zero } : {}),
  };
}
