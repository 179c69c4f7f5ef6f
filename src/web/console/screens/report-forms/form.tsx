import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Static } from 'typebox';
import {
  discardReportForm,
  getReportForm,
  listReportForms,
  listReportSources,
  publishReportForm,
  saveReportForm,
} from '../../../../modules/insight/reports/contract-form.ts';
import {
  type Column,
  type Finding,
  type Invariant,
  lintReport,
  type ReportDefinition,
} from '../../../../modules/insight/reports/rules/form.ts';
import { placeInWords } from '../../../../modules/insight/reports/rules/form-place.ts';
import type { KnownRegister } from '../../../../modules/insight/reports/rules/source.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FindingsNote } from '../../ui/findings-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PublishDraft } from '../../ui/publish-draft.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { Heads } from '../reports/sheet.tsx';
import { ColumnFields } from './column-fields.tsx';
import { ListField, Parts } from './fields.tsx';
import { GeneralFields } from './general-fields.tsx';
import { RowFields } from './row-fields.tsx';
import { FigureFields, SectionFields } from './text-fields.tsx';

/** One form: a draft is changed, checked as one types, saved and published; a published one is only shown. */
export default function ReportForm() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const form = useCall(getReportForm, { params: { id } });
  const sources = useCall(listReportSources, {});
  return (
    <Loaded query={form} title={t('reports.forms.menu')}>
      {(loaded) => (
        <>
          <ScreenHead title={t('reports.forms.form-of', { code: loaded.code })}>
            <Link to="/bieu-mau-bao-cao">{t('reports.forms.back')}</Link>
          </ScreenHead>
          <Loaded query={sources}>
            {({ rows }) => <Designer key={`${loaded.id} ${loaded.version}`} form={loaded} registers={rows} />}
          </Loaded>
        </>
      )}
    </Loaded>
  );
}

function Designer({
  form,
  registers,
}: {
  form: Static<typeof getReportForm.reply>;
  registers: readonly KnownRegister[];
}) {
  const t = useTranslate();
  const locked = form.state !== 'draft';
  // The server took it in by the same schema.
  const [report, setReport] = useState(form.definition as ReportDefinition);
  const [changed, setChanged] = useState(false);
  const { act, busy, error } = useAct([getReportForm, listReportForms]);
  const findings = lintReport(report, registers);
  const change = (part: Partial<ReportDefinition>): void => {
    setReport({ ...report, ...part });
    setChanged(true);
  };
  const save = (): Promise<boolean> =>
    act(
      () =>
        call(saveReportForm, { params: { id: form.id }, body: { version: form.version, definition: { ...report } } }),
      t('reports.forms.saved'),
    );
  return (
    <>
      <p>
        <Tag tone={locked ? 'green' : 'amber'}>{t(`reports.forms.states.${form.state}`)}</Tag>{' '}
        {form.validFrom ? t('reports.forms.from-day', { day: showDay(form.validFrom) }) : null}
      </p>
      <Unsaved changed={changed} />
      {locked ? <Note>{t('reports.forms.locked')}</Note> : null}
      <form
        noValidate
        aria-label={t('reports.forms.design')}
        onSubmit={(event) => {
          event.preventDefault();
          if (findings.length === 0) void save();
        }}
      >
        <fieldset disabled={locked} className="plain-fieldset">
          <legend className="visually-hidden">{t('reports.forms.design')}</legend>
          <GeneralFields report={report} onChange={change} findings={findings} />
          <RowFields
            rows={report.rows}
            columns={report.columns}
            registers={registers}
            onRows={(rows) => change({ rows })}
            findings={findings}
            locked={locked}
          />
          <Parts<Column>
            id="columns"
            path="columns"
            findings={findings}
            legend={t('reports.forms.columns')}
            parts={report.columns}
            nameOf={({ no, group, title }) => `(${no}) ${[...(group ?? []), title].join(' – ')}`}
            onParts={(columns) => change({ columns })}
            made={() => ({ no: nextNo(report), title: t('reports.forms.new-column'), kind: 'manual' as const })}
            addLabel={t('reports.forms.add-column')}
            locked={locked}
          >
            {(column, onColumn, at) => (
              <>
                <ColumnFields
                  id={`column-${at}`}
                  column={column}
                  registers={report.rows.by === 'unit' ? registers : []}
                  onColumn={onColumn}
                />
              </>
            )}
          </Parts>
          <Invariants report={report} onChange={change} findings={findings} locked={locked} />
          <FigureFields report={report} onChange={change} findings={findings} locked={locked} />
          <SectionFields report={report} onChange={change} findings={findings} locked={locked} />
        </fieldset>
        <h2>{t('reports.forms.preview')}</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways is reached by keyboard */}
        <section className="table-wrap report-sheet" aria-label={t('reports.forms.preview')} tabIndex={0}>
          <table className="table">
            <caption className="visually-hidden">{t('reports.forms.preview')}</caption>
            <Heads columns={report.columns.map(({ no, title, group }) => ({ no, title, group: group ?? [] }))} />
          </table>
        </section>
        <div aria-live="polite">
          {findings.length > 0 ? (
            <FindingsNote
              title={t('reports.forms.findings', { count: findings.length })}
              findings={findings.map((one) => `${placeInWords(one.path, report)}: ${one.message}`)}
            />
          ) : null}
        </div>
        <FailureNote error={error} />
        {locked ? null : (
          <ButtonRow>
            <Button disabled={busy || !changed || findings.length > 0}>{t('reports.save')}</Button>
          </ButtonRow>
        )}
      </form>
      {locked ? null : <Publish form={form} disabled={changed || findings.length > 0} />}
    </>
  );
}

function nextNo(report: ReportDefinition): string {
  return String(Math.max(0, ...report.columns.map((column) => Number(column.no) || 0)) + 1);
}

function Invariants({
  report,
  onChange,
  findings,
  locked,
}: {
  report: ReportDefinition;
  onChange: (part: Partial<ReportDefinition>) => void;
  findings: readonly Finding[];
  locked: boolean;
}) {
  const t = useTranslate();
  return (
    <Parts<Invariant>
      id="invariants"
      path="invariants"
      findings={findings}
      legend={t('reports.forms.invariants')}
      parts={report.invariants}
      nameOf={(rule) => rule.says}
      onParts={(invariants) => onChange({ invariants })}
      made={() => ({ id: `kiem-tra-${report.invariants.length + 1}`, left: ['3'], right: ['3'], says: '(3) = (3)' })}
      addLabel={t('reports.forms.add-invariant')}
      locked={locked}
    >
      {(rule, change, at) => {
        const said = (left: readonly string[], relation: string, right: readonly string[]): string =>
          [left, right].map((side) => side.map((no) => `(${no})`).join(' + ')).join(` ${relation} `);
        const relation = rule.relation ?? '=';
        return (
          <>
            <ListField
              id={`rule-${at}-left`}
              label={t('reports.forms.left')}
              values={rule.left}
              onValues={(left) => change({ ...rule, left, says: said(left, relation, rule.right) })}
            />
            <Select
              id={`rule-${at}-relation`}
              label={t('reports.forms.relation')}
              value={relation}
              onChange={(value) => {
                const chosen = value === '<=' ? '<=' : '=';
                change({ ...rule, relation: chosen, says: said(rule.left, chosen, rule.right) });
              }}
              options={[
                { value: '=', label: '=' },
                { value: '<=', label: '≤' },
              ]}
            />
            <ListField
              id={`rule-${at}-right`}
              label={t('reports.forms.right')}
              values={rule.right}
              onValues={(right) => change({ ...rule, right, says: said(rule.left, relation, right) })}
            />
          </>
        );
      }}
    </Parts>
  );
}

function Publish({ form, disabled }: { form: Static<typeof getReportForm.reply>; disabled: boolean }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const { act, ...acting } = useAct([getReportForm, listReportForms]);
  const { id, version } = form;
  const publish = (validFrom: string): Promise<boolean> =>
    act(
      () => call(publishReportForm, { params: { id }, body: { version, validFrom } }),
      t('reports.forms.published-now'),
    );
  const discard = async (): Promise<void> => {
    const send = () => call(discardReportForm, { params: { id }, body: { version } });
    if (await act(send, t('reports.forms.discarded'))) void navigate({ to: '/bieu-mau-bao-cao', ignoreBlocker: true });
  };
  return (
    <PublishDraft
      texts={{
        publish: t('reports.forms.publish'),
        hint: t(disabled ? 'reports.forms.save-first' : 'reports.forms.publish-hint'),
        validFrom: t('reports.forms.valid-from'),
        discard: t('reports.forms.discard'),
      }}
      disabled={disabled}
      acting={acting}
      onPublish={(day) => void publish(day)}
      onDiscard={() => void discard()}
    />
  );
}
