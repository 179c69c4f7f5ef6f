import { COUNTS } from '../../../../modules/insight/reports/rules/counts.ts';
import type { Finding, ReportDefinition } from '../../../../modules/insight/reports/rules/form.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Choices, ListField, Parts } from './fields.tsx';

type Section = ReportDefinition['sections'][number];
type Figure = ReportDefinition['figures'][number];
type Shared = {
  readonly report: ReportDefinition;
  readonly onChange: (part: Partial<ReportDefinition>) => void;
  readonly findings: readonly Finding[];
  readonly locked: boolean;
};

/** Sections of text under the table: what is written there, and whether something is. */
export function SectionFields({ report, onChange, findings, locked }: Shared) {
  const t = useTranslate();
  return (
    <Parts<Section>
      id="sections"
      path="sections"
      findings={findings}
      legend={t('reports.forms.sections')}
      parts={report.sections}
      nameOf={({ no, title }) => `${no}. ${title}`}
      onParts={(sections) => onChange({ sections })}
      made={() => ({
        id: `muc-${report.sections.length + 1}`,
        no: String(report.sections.length + 1),
        title: t('reports.forms.new-section'),
        text: true,
      })}
      addLabel={t('reports.forms.add-section')}
      locked={locked}
    >
      {(section, change, at) => (
        <>
          {(['id', 'no', 'title'] as const).map((key) => (
            <TextField
              key={key}
              id={`section-${at}-${key}`}
              label={t(`reports.forms.section-${key}`)}
              value={section[key]}
              onChange={(event) => change({ ...section, [key]: event.currentTarget.value })}
            />
          ))}
          <Choices
            id={`section-${at}-text`}
            legend={t('reports.forms.section-kind')}
            options={[{ value: 'text', label: t('reports.forms.section-text') }]}
            chosen={section.text ? ['text'] : []}
            onChosen={(chosen) => change({ ...section, text: chosen.length > 0 })}
          />
        </>
      )}
    </Parts>
  );
}

/** Percentages under the table: of columns of the total, or of counts where the rows are fixed. */
export function FigureFields({ report, onChange, findings, locked }: Shared) {
  const t = useTranslate();
  const counted = report.rows.by === 'fixed';
  const first = report.columns.find((column) => column.kind === 'metric')?.no ?? '';
  const side = counted ? ['carried' as const] : [first];
  return (
    <Parts<Figure>
      id="figures"
      path="figures"
      findings={findings}
      legend={t('reports.forms.figures')}
      parts={report.figures}
      nameOf={(figure) => figure.label}
      onParts={(figures) => onChange({ figures })}
      made={() => ({
        id: `ty-le-${report.figures.length + 1}`,
        label: t('reports.forms.new-figure'),
        numerator: side,
        denominator: side,
      })}
      addLabel={t('reports.forms.add-figure')}
      locked={locked}
    >
      {(figure, change, at) => (
        <>
          <TextField
            id={`figure-${at}-label`}
            label={t('reports.forms.figure-label')}
            value={figure.label}
            onChange={(event) => change({ ...figure, label: event.currentTarget.value })}
          />
          {(['numerator', 'denominator'] as const).map((key) =>
            counted ? (
              <Choices
                key={key}
                id={`figure-${at}-${key}`}
                legend={t(`reports.forms.${key}`)}
                options={COUNTS.map((value) => ({ value, label: t(`reports.counts.${value}`) }))}
                chosen={COUNTS.filter((count) => figure[key].some((one) => one === count))}
                onChosen={(chosen) => change({ ...figure, [key]: chosen })}
              />
            ) : (
              <ListField
                key={key}
                id={`figure-${at}-${key}`}
                label={t(`reports.forms.${key}`)}
                values={figure[key]}
                onValues={(values) => change({ ...figure, [key]: values })}
              />
            ),
          )}
        </>
      )}
    </Parts>
  );
}
