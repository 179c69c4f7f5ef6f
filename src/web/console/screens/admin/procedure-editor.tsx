import { useState } from 'react';
import type { Static } from 'typebox';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { formatNumberVi } from '../../../../core/text/numbers.ts';
import type { FindingRow, getProcedureRevision } from '../../../../modules/onestop/procedures/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { CHANNEL_FIELDS, HEAD, LISTS, type ListSpec } from './procedure-columns.ts';
import {
  isRow,
  memberOf,
  moved,
  nameOfRow,
  placeOf,
  type Row,
  rowsOf,
  stepSums,
  withMember,
} from './procedure-draft.ts';
import { ProcedureField } from './procedure-field.tsx';

type Finding = Static<typeof FindingRow>;
type Revision = ReplyOf<typeof getProcedureRevision>;

const LEVELS = ['bo', 'tinh', 'huyen', 'xa'];
const TONES = { error: 'red', warning: 'amber', info: 'blue' } as const;

/** A draft in sections; what the linter said of the saved state stands beside its place. */
export function ProcedureEditor({
  revision,
  busy,
  onSave,
}: {
  revision: Revision;
  busy: boolean;
  onSave: (definition: Row) => void;
}) {
  const t = useTranslate();
  const [draft, setDraft] = useState<Row>(() => (isRow(revision.definition) ? revision.definition : {}));
  const cases = rowsOf(draft, 'cases');
  const levels: unknown = draft['levels'];
  const at = (test: (place: ReturnType<typeof placeOf>) => boolean): readonly Finding[] =>
    revision.findings.filter((finding) => test(placeOf(finding.path)));
  const inList = new Set(LISTS.map((list) => list.member));
  return (
    <div className="editor">
      <Part title={t('console.procedure-edit.section.head')}>
        <Findings findings={at(({ member }) => !inList.has(member) && member !== 'channels')} />
        {HEAD.map((spec) => (
          <ProcedureField
            key={spec.path}
            id={`head-${spec.path}`}
            spec={spec}
            row={draft}
            cases={cases}
            onRow={setDraft}
          />
        ))}
        <fieldset>
          <legend>{t('console.units.level')}</legend>
          {LEVELS.map((level) => (
            <div className="checkbox" key={level}>
              <input
                type="checkbox"
                id={`level-${level}`}
                checked={Array.isArray(levels) && levels.includes(level)}
                onChange={(event) => {
                  const chosen = new Set<unknown>(Array.isArray(levels) ? levels : []);
                  if (event.currentTarget.checked) chosen.add(level);
                  else chosen.delete(level);
                  setDraft(withMember(draft, 'levels', [...chosen]));
                }}
              />
              <label htmlFor={`level-${level}`}>{t(`console.level.${level}`)}</label>
            </div>
          ))}
        </fieldset>
      </Part>
      <Part title={t('console.procedure-edit.section.channels')}>
        <Findings findings={at(({ member }) => member === 'channels')} />
        {CHANNEL_FIELDS.map((spec) => (
          <ProcedureField key={spec.path} id={spec.path} spec={spec} row={draft} cases={cases} onRow={setDraft} />
        ))}
      </Part>
      {LISTS.map((list) => (
        <Part
          key={list.member}
          title={`${t(`console.procedure-edit.section.${list.member}`)} (${rowsOf(draft, list.member).length})`}
          count={at(({ member }) => member === list.member).length}
        >
          <Findings findings={at(({ member, index }) => member === list.member && index === undefined)} />
          {list.member === 'steps' ? <Sums draft={draft} /> : null}
          <Rows
            list={list}
            rows={rowsOf(draft, list.member)}
            cases={cases}
            findings={at(({ member }) => member === list.member)}
            onRows={(rows) => setDraft(withMember(draft, list.member, rows))}
          />
        </Part>
      ))}
      <ButtonRow>
        <Button type="button" disabled={busy} onClick={() => onSave(draft)}>
          {t('console.procedure-edit.save')}
        </Button>
        <span className="hint">{t('console.procedure-edit.save-hint')}</span>
      </ButtonRow>
    </div>
  );
}

function Part({ title, count = 0, children }: { title: string; count?: number; children: React.ReactNode }) {
  const t = useTranslate();
  return (
    <details className="panel" open={count > 0}>
      <summary>
        <strong>{title}</strong>{' '}
        {count > 0 ? <Tag tone="amber">{t('console.procedure-edit.remarks', { count })}</Tag> : null}
      </summary>
      {children}
    </details>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslate();
  if (findings.length === 0) return null;
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.path} ${finding.message}`}>
          <Tag tone={TONES[finding.severity]}>{t(`console.severity.${finding.severity}`)}</Tag> {finding.message}
        </li>
      ))}
    </ul>
  );
}

function Rows({
  list,
  rows,
  cases,
  findings,
  onRows,
}: {
  list: ListSpec;
  rows: readonly Row[];
  cases: readonly Row[];
  findings: readonly Finding[];
  onRows: (rows: readonly Row[]) => void;
}) {
  const t = useTranslate();
  // A limit has no name but its length.
  const allowanceOf = (row: Row): string => {
    const [amount, unit] = [memberOf(row, 'allow.amount'), memberOf(row, 'allow.unit')];
    const length = typeof amount === 'number' ? `${formatNumberVi(amount)} ` : '';
    return typeof unit === 'string' ? `${length}${t(`console.procedure-edit.unit.${unit}`).toLowerCase()}` : '';
  };
  return (
    <>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ids may be typed anew or missing; the place is what stays
        <details key={index} className="panel" open={findings.some(({ path }) => placeOf(path).index === index)}>
          <summary>
            {index + 1}. {nameOfRow(row) || allowanceOf(row)}
          </summary>
          <Findings findings={findings.filter(({ path }) => placeOf(path).index === index)} />
          <div className="grid-fields">
            {list.fields.map((spec) => (
              <ProcedureField
                key={spec.path}
                id={`${list.member}-${index}-${spec.path}`}
                spec={spec}
                row={row}
                cases={cases}
                onRow={(changed) => onRows(rows.map((one, place) => (place === index ? changed : one)))}
              />
            ))}
          </div>
          <ButtonRow>
            <Button type="button" look="link" disabled={index === 0} onClick={() => onRows(moved(rows, index, -1))}>
              {t('console.procedure-edit.up')}
              <span className="visually-hidden"> {nameOfRow(row)}</span>
            </Button>
            <Button
              type="button"
              look="link"
              disabled={index === rows.length - 1}
              onClick={() => onRows(moved(rows, index, 1))}
            >
              {t('console.procedure-edit.down')}
              <span className="visually-hidden"> {nameOfRow(row)}</span>
            </Button>
            <Button type="button" look="link" onClick={() => onRows(rows.filter((_, place) => place !== index))}>
              {t('console.procedure-edit.remove')}
              <span className="visually-hidden"> {nameOfRow(row)}</span>
            </Button>
          </ButtonRow>
        </details>
      ))}
      <Button type="button" look="secondary" small onClick={() => onRows([...rows, list.fresh(rows.length + 1)])}>
        {t(`console.procedure-edit.add.${list.member}`)}
      </Button>
    </>
  );
}

/** What the steps add up to, as one types. */
function Sums({ draft }: { draft: Row }) {
  const t = useTranslate();
  const sums = stepSums(draft);
  if (sums.length === 0 || memberOf(draft, 'steps') === undefined) return null;
  const caseName = (id: string): string => nameOfRow(rowsOf(draft, 'cases').find((one) => one['id'] === id)) || id;
  const when = ({ caseId, area, channel }: (typeof sums)[number]['at']): string =>
    [
      caseId ? caseName(caseId) : '',
      area ? t(`console.procedure-edit.area.${area}`) : '',
      channel ? t(`console.procedure-edit.channel.${channel}`) : '',
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <Table
      caption={t('console.procedure-edit.sums')}
      rows={sums}
      rowKey={(row) => `${when(row.at)} ${row.limit} ${row.total}`}
      columns={[
        {
          id: 'when',
          label: t('console.procedure-edit.when'),
          rowHead: true,
          cell: (row) => when(row.at) || t('console.procedure-edit.any'),
        },
        { id: 'limit', label: t('console.procedure-edit.limit'), cell: (row) => row.limit },
        {
          id: 'total',
          label: t('console.procedure-edit.total'),
          numeric: true,
          cell: (row) => (row.total === undefined ? '' : formatNumberVi(row.total)),
        },
        {
          id: 'state',
          label: t('console.system.state'),
          cell: (row) => (
            <>
              <Tag tone={row.ok ? 'green' : 'red'}>
                {t(row.ok ? 'console.procedure-edit.adds-up' : 'console.procedure-edit.differs')}
              </Tag>{' '}
              {row.message}
            </>
          ),
        },
      ]}
    />
  );
}
