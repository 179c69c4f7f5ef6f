import type { Finding, ReportDefinition } from '../../../../modules/insight/reports/rules/form.ts';
import { CUTOFFS, RANKS } from '../../../../modules/insight/reports/rules/period.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { Choices, FindingsAt, ListField } from './fields.tsx';

const LEVELS = ['province', 'district', 'commune'] as const;
const TEXTS = ['code', 'name', 'content', 'reporters', 'recipient', 'sending', 'guide', 'source'] as const;

/** What NĐ 09/2019 asks a report regime to say. */
export function GeneralFields({
  report,
  onChange,
  findings,
}: {
  report: ReportDefinition;
  onChange: (part: Partial<ReportDefinition>) => void;
  findings: readonly Finding[];
}) {
  const t = useTranslate();
  const { deadline } = report;
  return (
    <details className="panel">
      <summary>{t('reports.forms.general')}</summary>
      {TEXTS.map((key) => (
        <TextField
          key={key}
          id={`general-${key}`}
          label={t(`reports.forms.${key}`)}
          maxLength={key === 'code' ? 60 : 2000}
          value={report[key]}
          onChange={(event) => onChange({ [key]: event.currentTarget.value })}
        />
      ))}
      <ListField
        id="general-aliases"
        label={t('reports.forms.aliases')}
        hint={t('reports.forms.aliases-hint')}
        values={report.aliases}
        onValues={(aliases) => onChange({ aliases })}
      />
      <FindingsAt findings={findings} path="aliases" />
      <Choices
        id="levels"
        legend={t('reports.forms.levels')}
        options={LEVELS.map((value) => ({ value, label: t(`reports.forms.level.${value}`) }))}
        chosen={report.levels}
        onChosen={(levels) => onChange({ levels })}
      />
      <Choices
        id="frequency"
        legend={t('reports.forms.frequency')}
        options={RANKS.map((value) => ({ value, label: t(`reports.forms.rank.${value}`) }))}
        chosen={report.frequency}
        onChosen={(frequency) => onChange({ frequency })}
      />
      <Choices
        id="automatic"
        legend={t('reports.forms.automatic')}
        options={RANKS.map((value) => ({ value, label: t(`reports.forms.rank.${value}`) }))}
        chosen={report.automatic ?? []}
        onChosen={(automatic) => onChange({ automatic })}
      />
      <FindingsAt findings={findings} path="automatic" />
      <Select
        id="cutoff"
        label={t('reports.cutoff')}
        value={report.cutoff}
        options={CUTOFFS.map((value) => ({ value, label: t(`reports.cutoff-${value}`) }))}
        onChange={(value) => onChange({ cutoff: CUTOFFS.find((one) => one === value) ?? report.cutoff })}
      />
      <Select
        id="deadline-kind"
        label={t('reports.deadline')}
        value={'daysAfter' in deadline ? 'after' : 'month'}
        options={(['after', 'month'] as const).map((value) => ({
          value,
          label: t(`reports.forms.deadlines.${value}`),
        }))}
        onChange={(value) => onChange({ deadline: value === 'after' ? { daysAfter: 3 } : { month: 0, day: 20 } })}
      />
      {'daysAfter' in deadline ? (
        <TextField
          id="days-after"
          label={t('reports.forms.days-after')}
          short
          inputMode="numeric"
          value={deadline.daysAfter}
          onChange={(event) => onChange({ deadline: { daysAfter: Number(event.currentTarget.value) || 0 } })}
        />
      ) : (
        <>
          <TextField
            id="deadline-day"
            label={t('reports.forms.deadline-day')}
            short
            inputMode="numeric"
            value={deadline.day}
            onChange={(event) => onChange({ deadline: { ...deadline, day: Number(event.currentTarget.value) || 1 } })}
          />
          <Select
            id="deadline-month"
            label={t('reports.forms.deadline-month')}
            value={String(deadline.month)}
            options={[0, 1, 2, 3].map((month) => ({
              value: String(month),
              label: t(`reports.forms.deadline-months.${month}`),
            }))}
            onChange={(value) => onChange({ deadline: { ...deadline, month: Number(value) } })}
          />
        </>
      )}
      <TextAreaField
        id="notes"
        label={t('reports.notes')}
        hint={t('reports.forms.notes-hint')}
        rows={3}
        // Not controlled: without its empty lines the text would swallow Enter.
        defaultValue={report.notes.join('\n')}
        onChange={(event) =>
          onChange({ notes: event.currentTarget.value.split('\n').filter((line) => line.trim() !== '') })
        }
      />
    </details>
  );
}
