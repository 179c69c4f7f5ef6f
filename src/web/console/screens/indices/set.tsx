import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import type { IndicatorSet } from '../../../../core/scoring/index.ts';
import {
  getIndexSet,
  listIndexSets,
  publishIndexSet,
  saveIndexSet,
} from '../../../../modules/insight/indices/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { AboutDialog } from './about-dialog.tsx';
import { ConfirmAct } from './act-dialog.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { ItemFacts } from './item-facts.tsx';
import { withoutPlace } from './set-frame.ts';
import { At, SetFrame, SetSettings } from './set-frame-view.tsx';
import { linesOf, type TreeLine, withItem, withNew } from './set-tree.ts';
import { maximum, maximumIn } from './words.ts';

type Page = ReplyOf<typeof getIndexSet>;
const REFRESH = [getIndexSet, listIndexSets];

/** A set as a tree, with what is wrong at its place; a draft can be edited and published. */
export default function SetScreen() {
  const t = useTranslate();
  const { code = '' } = useParams({ strict: false });
  const query = useCall(getIndexSet, { params: { code } });
  return (
    <Loaded query={query} title={t('indices.set')}>
      {(page) => (
        <>
          <ScreenHead title={page.name}>
            <Link to="/chi-so/bo">{t('indices.back-sets')}</Link>
          </ScreenHead>
          <p>
            <Tag tone={page.state === 'draft' ? 'amber' : 'green'}>{t(`indices.set-states.${page.state}`)}</Tag>{' '}
            {page.importOnly ? <Tag>{t('indices.import-only')}</Tag> : null}{' '}
            {page.verified ? null : <Tag tone="amber">{t('indices.unverified')}</Tag>}
          </p>
          <Facts
            items={[
              { term: t('indices.code'), value: page.code },
              { term: t('indices.owner'), value: page.owner },
              { term: t('indices.level'), value: t(`indices.levels.${page.level}`) },
              { term: t('indices.valid-since'), value: showDay(page.validFrom) },
              { term: t('indices.max'), value: maximum(page.max) },
              { term: t('indices.source'), value: page.source },
              { term: t('indices.note'), value: page.body.note },
              { term: t('indices.copy-base'), value: page.basedOn },
              { term: t('indices.digest'), value: page.digest?.slice(0, 16) },
            ]}
          />
          <Editor key={page.version} page={page} />
        </>
      )}
    </Loaded>
  );
}

function Editor({ page }: { page: Page }) {
  const t = useTranslate();
  const [body, setBody] = useState<IndicatorSet>(page.body);
  const [open, setOpen] = useState<Opened>();
  const [publishing, setPublishing] = useState(false);
  const [about, setAbout] = useState(false);
  const { act, busy, error } = useAct(REFRESH);
  const changed = body !== page.body;
  const general = withoutPlace(body, page.findings);
  const frame = { set: body, findings: page.findings, mayEdit: page.mayEdit, change: setBody };
  return (
    <>
      {page.findings.length === 0 ? null : (
        <Note tone={page.mayEdit ? 'warning' : 'info'}>
          <p>{t('indices.findings', { count: page.findings.length })}</p>
          <ul>
            {general.map((finding) => (
              <li key={`${finding.path} ${finding.message}`}>{finding.message}</li>
            ))}
          </ul>
        </Note>
      )}
      <FailureNote error={error} />
      {page.mayEdit ? (
        <>
          <Unsaved changed={changed} />
          {changed ? <p className="hint">{t('indices.unsaved')}</p> : null}
          <ButtonRow>
            <Button
              type="button"
              small
              disabled={busy || !changed}
              onClick={() =>
                void act(
                  () => call(saveIndexSet, { params: { code: page.code }, body: { version: page.version, body } }),
                  t('indices.set-saved'),
                )
              }
            >
              {t('indices.save-draft')}
            </Button>
            <Button type="button" small look="secondary" disabled={changed} onClick={() => setPublishing(true)}>
              {t('indices.publish-set')}
            </Button>
            <Button type="button" small look="secondary" onClick={() => setAbout(true)}>
              {t('indices.edit-about')}
            </Button>
            <Button
              type="button"
              small
              look="secondary"
              onClick={() => setBody(withNew(body, undefined, t('indices.new-domain')))}
            >
              {t('indices.add-domain')}
            </Button>
          </ButtonRow>
        </>
      ) : null}
      <SetFrame {...frame} />
      <Tree page={page} body={body} setBody={setBody} open={setOpen} />
      <SetSettings
        {...frame}
        tree={(set, change) => <Tree page={page} body={set} setBody={change} open={setOpen} below={body} />}
      />
      {open ? (
        <ItemDialog
          line={open.line}
          metrics={page.metrics}
          parts={body.parts ?? []}
          close={() => setOpen(undefined)}
          change={open.change}
        />
      ) : null}
      {about ? <AboutDialog set={body} change={setBody} close={() => setAbout(false)} /> : null}
      {publishing ? (
        <ConfirmAct
          title={t('indices.publish-set')}
          text={t('indices.publish-set-text')}
          needsReason={false}
          submit={() => call(publishIndexSet, { params: { code: page.code }, body: { version: page.version } })}
          done={t('indices.done')}
          refresh={REFRESH}
          close={() => setPublishing(false)}
        />
      ) : null}
    </>
  );
}

/** A line that is being edited, and where it goes back to. */
type Opened = { readonly line: TreeLine; readonly change: (item: TreeLine['item']) => void };

function Tree({
  page,
  body,
  setBody,
  open,
  below,
}: {
  page: Page;
  body: IndicatorSet;
  setBody: (body: IndicatorSet) => void;
  open: (opened: Opened) => void;
  /** Of criteria a reading puts in the place of those of this set: without the domain, and with ids free in both. */
  below?: IndicatorSet;
}) {
  const t = useTranslate();
  const taken = below ? linesOf(below).map((line) => line.id) : [];
  const lines = linesOf(body).filter((line) => below === undefined || line.depth > 0);
  const most = maximumIn(
    lines.map((line) => line.item),
    t,
  );
  return (
    <Table
      caption={t('indices.tree')}
      hideCaption
      rows={lines}
      rowKey={(line) => line.id}
      columns={[
        {
          id: 'name',
          label: t('indices.item'),
          rowHead: true,
          cell: (line) => (
            <span className={`tree-${line.depth}`}>
              {line.depth === 0 ? <strong>{line.item.name}</strong> : line.item.name}
              {below ? null : <At findings={page.findings} path={`/${line.id}`} />}
              {'notFor' in line.item && line.item.notFor ? (
                <span className="hint">
                  {line.item.notFor
                    .map((each) => t(`indices.treats.${each.treat}`, { level: t(`indices.levels.${each.level}`) }))
                    .join(' ')}
                </span>
              ) : null}
            </span>
          ),
        },
        { id: 'max', label: t('indices.max'), numeric: true, cell: (line) => most(line.item) },
        {
          id: 'rule',
          label: t('indices.rule'),
          cell: (line) => {
            const { metric } = line.item as { metric?: string };
            const name = page.metrics.find((each) => each.id === metric)?.name ?? metric;
            return <ItemFacts line={line} metric={name} imported={page.importOnly} />;
          },
        },
        ...(page.mayEdit
          ? [
              {
                id: 'act',
                label: t('indices.act'),
                cell: (line: TreeLine) => (
                  <span className="tree-acts">
                    <Button
                      type="button"
                      look="secondary"
                      small
                      aria-label={t('indices.edit-named', { name: line.item.name })}
                      onClick={() => open({ line, change: (item) => setBody(withItem(body, line.id, () => item)) })}
                    >
                      {t('indices.edit')}
                    </Button>
                    {line.depth < 2 ? (
                      <Button
                        type="button"
                        look="link"
                        small
                        aria-label={t('indices.add-below-named', { name: line.item.name })}
                        onClick={() => setBody(withNew(body, line.id, t('indices.new-criterion'), taken))}
                      >
                        {t('indices.add-below')}
                      </Button>
                    ) : null}
                    <Button
                      type="button"
                      look="link"
                      small
                      aria-label={t('indices.remove-named', { name: line.item.name })}
                      onClick={() => setBody(withItem(body, line.id, () => undefined))}
                    >
                      {t('indices.remove')}
                    </Button>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
