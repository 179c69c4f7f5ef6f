import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  getTarget,
  getTargetLeague,
  getTargetOptions,
  listTargetActions,
  type TargetEntryType,
} from '../../../../modules/insight/targets/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Mentions, useMentions } from '../registers/mentions.tsx';
import { NewActionDialog } from './action-dialog.tsx';
import { TargetActions } from './actions.tsx';
import { League } from './league.tsx';
import { TargetLight } from './target-light.tsx';
import {
  changeText,
  drillSearch,
  forecastText,
  goalText,
  neededText,
  numberText,
  partsText,
  resultText,
  shareText,
  sourceText,
} from './target-text.ts';
import { Trend } from './trend.tsx';

const EditDialog = lazy(() => import('./edit-dialog.tsx'));
const EndDialog = lazy(() => import('./end-dialog.tsx'));
const ValueDialog = lazy(() => import('./value-dialog.tsx'));
type Page = ReplyOf<typeof getTarget>;

/** One target: how it stands, how it moved, who else has it, what was entered, what is being done. */
export default function Target() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const query = useCall(getTarget, { params: { id } }, { keep: true });
  const mentions = useMentions(`target:${id}`);
  return (
    <Loaded query={query} title={t('targets.title')}>
      {(page) => (
        <>
          <ScreenHead title={page.line.name}>
            <Link to="/chi-tieu" search={{ 'don-vi': page.line.unitId, nam: page.line.toDay.slice(0, 4) } as never}>
              {t('targets.back')}
            </Link>
          </ScreenHead>
          <State page={page} />
          <Mentions id={id} rows={mentions} />
          <Acts page={page} />
          <Actions page={page} />
          {page.trend.length > 1 ? <Trend points={page.trend} measured={page.line} /> : null}
          <LeaguePart page={page} />
          {page.line.valueFrom === 'metric' ? null : <Entries page={page} />}
          <Revisions page={page} />
        </>
      )}
    </Loaded>
  );
}

function State({ page: { line, terms, definition, revisions, computedAt } }: { page: Page }) {
  const t = useTranslate();
  // What nobody has compared with its source, told with the words of the content.
  const doubt = revisions.find((one) => one.act === 'adopt')?.reason;
  const { planned } = line;
  return (
    <section className="panel" aria-labelledby="target-state">
      <h2 id="target-state">{line.unitName}</h2>
      <p>
        {/* Without a figure the light says so: not twice. */}
        {line.light === 'no-data' ? null : (
          <>
            <strong>{resultText(line, line, t)}</strong> {partsText(line, t)}{' '}
          </>
        )}
        <TargetLight light={line.light} />
        {line.ended ? <Tag>{t('targets.ended')}</Tag> : null}
        <span className="hint">
          {line.asOf ? `${t('targets.as-of', { day: showDay(line.asOf) })} ` : ''}
          {t('targets.computed', { when: showShortInstant(computedAt) })}
        </span>
      </p>
      {line.drill ? (
        <p>
          <Link to="/so-lieu" search={drillSearch(line.drill) as never}>
            {t('targets.open-figure')}
          </Link>
        </p>
      ) : null}
      <Facts
        items={[
          { term: t('targets.goal-head'), value: goalText(line, t) },
          {
            term: t('targets.attainment'),
            value: line.attainment === null ? null : shareText(line.attainment, t),
          },
          {
            term: t('targets.forecast-head'),
            value: [forecastText(line, t), neededText(line, t)].filter(Boolean).join(' '),
          },
          { term: t('targets.change-head'), value: changeText(line, t) },
          {
            term: t('targets.planned'),
            value: planned
              ? `${numberText(planned.quantity)}${planned.derived ? ` (${t('targets.derived')}${planned.note ? `: ${planned.note}` : ''})` : ''}`
              : null,
          },
          { term: t('targets.minimum'), value: line.minimumVolume && numberText(line.minimumVolume) },
          {
            term: t('targets.period'),
            value: t('targets.days', { from: showDay(line.fromDay), to: showDay(line.toDay) }),
          },
          { term: t('targets.owner'), value: line.owner },
          {
            term: t('targets.source'),
            value: line.sourceNumber === '' ? sourceText(line) : `${sourceText(line)}. ${line.sourceText}`,
          },
          { term: t('targets.value-from'), value: <Origin line={line} value={terms.value} /> },
          {
            term: t('targets.definition'),
            value: definition ? (
              <>
                {definition.name}: {definition.meaning}
                <span className="hint">{t('targets.definition-source', { source: definition.source })}</span>
                {definition.verified ? null : <Tag tone="amber">{t('targets.doubt')}</Tag>}
              </>
            ) : null,
          },
          { term: t('targets.weight'), value: numberText(line.weight) },
          { term: t('targets.note'), value: terms.note },
          { term: t('targets.doubt'), value: doubt },
        ]}
      />
    </section>
  );
}

/** Where the figure comes from, and the way to it. */
function Origin({ line, value }: { line: Page['line']; value: Page['terms']['value'] }) {
  const t = useTranslate();
  const name = t(`targets.from.${line.valueFrom}`);
  if (line.valueFrom === 'register' && 'register' in value)
    return (
      <Link to="/so-nhap-tay/$id" params={{ id: value.register }} search={{ 'don-vi': line.unitId } as never}>
        {name}
      </Link>
    );
  if (line.surveyId !== null)
    return (
      <Link to="/khao-sat/$id" params={{ id: line.surveyId }}>
        {name}
      </Link>
    );
  if (line.valueFrom === 'index' && 'index' in value)
    return (
      <Link to="/chi-so/xep-hang" search={{ loai: value.index, nam: line.toDay.slice(0, 4) } as never}>
        {name}
      </Link>
    );
  return name;
}

function Acts({ page }: { page: Page }) {
  const t = useTranslate();
  const [open, setOpen] = useState<'edit' | 'end' | 'value'>();
  const options = useCall(getTargetOptions, {}, { enabled: page.mayEdit, staleTime: 300_000 });
  const { line, mayEdit, mayEnter } = page;
  const close = (): void => setOpen(undefined);
  if (!mayEdit && !mayEnter) return null;
  return (
    <>
      <ButtonRow>
        {mayEnter && !line.ended ? (
          <Button type="button" small onClick={() => setOpen('value')}>
            {t('targets.enter')}
          </Button>
        ) : null}
        {mayEdit && !line.ended && options.data ? (
          <Button type="button" look="secondary" small onClick={() => setOpen('edit')}>
            {t('targets.edit')}
          </Button>
        ) : null}
        {mayEdit ? (
          <Button type="button" look="secondary" small onClick={() => setOpen('end')}>
            {t(line.ended ? 'targets.resume' : 'targets.end')}
          </Button>
        ) : null}
      </ButtonRow>
      <Suspense>
        {open === 'value' ? <ValueDialog line={line} terms={page.terms} onClose={close} /> : null}
        {open === 'edit' && options.data ? (
          <EditDialog line={line} terms={page.terms} options={options.data} onClose={close} />
        ) : null}
        {open === 'end' ? <EndDialog line={line} onClose={close} /> : null}
      </Suspense>
    </>
  );
}

function Actions({ page: { line, mayEdit } }: { page: Page }) {
  const t = useTranslate();
  const [giving, setGiving] = useState(false);
  const list = useCall(listTargetActions, { query: { originType: 'target', originId: line.id } });
  return (
    <section className="panel" aria-labelledby="target-actions">
      <h2 id="target-actions">{t('targets.tab-actions')}</h2>
      {mayEdit && !line.ended ? (
        <p className="no-print">
          <Button
            type="button"
            small
            look={line.light === 'behind' ? 'primary' : 'secondary'}
            onClick={() => setGiving(true)}
          >
            {t('targets.give')}
          </Button>
        </p>
      ) : null}
      <Loaded query={list}>{({ rows }) => <TargetActions rows={rows} />}</Loaded>
      {giving ? <NewActionDialog targetId={line.id} unitId={line.unitId} onClose={() => setGiving(false)} /> : null}
    </section>
  );
}

function LeaguePart({ page: { line } }: { page: Page }) {
  const league = useCall(getTargetLeague, { params: { id: line.id } });
  return <Loaded query={league}>{(table) => <League table={table} line={line} />}</Loaded>;
}

function Entries({ page: { line, entries } }: { page: Page }) {
  const t = useTranslate();
  return (
    <section className="panel" aria-labelledby="target-entries">
      <h2 id="target-entries">{t('targets.entries')}</h2>
      {entries.length === 0 ? <p>{t('targets.no-entries')}</p> : null}
      {entries.length === 0 ? null : (
        <Table
          caption={t('targets.entries')}
          hideCaption
          rows={entries}
          rowKey={(row) => String(row.no)}
          columns={[
            { id: 'day', label: t('targets.as-of-head'), rowHead: true, cell: (row) => showDay(row.asOf) },
            {
              id: 'value',
              label: t('targets.value'),
              cell: (row) => (
                <>
                  {resultText(row, line, t)}{' '}
                  <span className="hint">{partsText({ ...row, planned: line.planned }, t)}</span>
                  {row.replaced ? <Tag>{t('targets.replaced')}</Tag> : null}
                </>
              ),
            },
            { id: 'evidence', label: t('targets.evidence'), cell: (row) => <Evidence row={row} targetId={line.id} /> },
            { id: 'by', label: t('targets.by'), cell: (row) => `${row.by}, ${showShortInstant(row.at)}` },
          ]}
        />
      )}
    </section>
  );
}

function Evidence({ row, targetId }: { row: TargetEntryType; targetId: string }) {
  return (
    <>
      {row.evidence}
      {row.fileId ? (
        <>
          {' '}
          <a href={`/api/targets/${targetId}/files/${row.fileId}`}>{row.fileName ?? row.fileId}</a>
        </>
      ) : null}
    </>
  );
}

function Revisions({ page: { revisions } }: { page: Page }) {
  const t = useTranslate();
  return (
    <section className="panel" aria-labelledby="target-revisions">
      <h2 id="target-revisions">{t('targets.revisions')}</h2>
      <Table
        caption={t('targets.revisions')}
        hideCaption
        rows={revisions}
        rowKey={(row) => String(row.no)}
        columns={[
          { id: 'act', label: t('targets.done-what'), rowHead: true, cell: (row) => t(`targets.revision.${row.act}`) },
          { id: 'reason', label: t('targets.reason'), cell: (row) => row.reason },
          { id: 'by', label: t('targets.by'), cell: (row) => `${row.by}, ${showShortInstant(row.at)}` },
        ]}
      />
    </section>
  );
}
