import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  decideIndexRound,
  getIndexRound,
  importIndexParts,
  listIndexRounds,
  type RoundPageType,
} from '../../../../modules/insight/indices/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField } from '../../../shared/design/field.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showDay, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Select } from '../../ui/select.tsx';
import { Mentions, useMentions } from '../registers/mentions.tsx';
import { readNumber } from '../reports/words.ts';
import { ConfirmAct } from './act-dialog.tsx';
import { LeagueTable } from './league-table.tsx';
import { RoundFigures } from './round-figures.tsx';
import { SourceField } from './source-field.tsx';
import { ROUND_TONES } from './words.ts';

type Act = RoundPageType['acts'][number];
const REFRESH = [getIndexRound, listIndexRounds];

/** One round: places of all units, how far the sheets are, freezing and publication. */
export default function Round() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const query = useCall(getIndexRound, { params: { id } }, { keep: true });
  return (
    <Loaded query={query} title={t('indices.round')}>
      {(round) => (
        <>
          <ScreenHead title={t('indices.table-name', { name: round.setName, year: round.year })}>
            <Link to="/chi-so">{t('indices.back')}</Link>
          </ScreenHead>
          <p aria-live="polite">
            <Tag tone={ROUND_TONES[round.state]}>{round.stateName}</Tag>{' '}
            {round.verified ? null : <Tag tone="amber">{t('indices.unverified')}</Tag>}
          </p>
          <Facts
            items={[
              { term: t('indices.organiser'), value: round.unitName },
              { term: t('indices.population'), value: round.population },
              { term: t('indices.settled-of'), value: `${round.settled}/${round.sheets}` },
              { term: t('indices.as-of'), value: showDay(round.asOf) },
              { term: t('indices.source'), value: round.source },
              { term: t('indices.note'), value: round.note },
              ...round.settings.map(({ name, chosen }) => ({ term: name, value: chosen })),
            ]}
          />
          {round.state === 'open' ? <Note>{t('indices.provisional')}</Note> : null}
          {round.freezableFrom && round.acts.includes('freeze') ? (
            <Note>{t('indices.freezable-from', { day: showDay(round.freezableFrom) })}</Note>
          ) : null}
          <RoundActs round={round} />
          <RoundFigures round={round} />
          {round.appraises && round.parts.length > 0 ? (
            <Disclosure label={t('indices.import-part')}>
              {(close) => <ImportPart round={round} close={close} />}
            </Disclosure>
          ) : null}
          <h2>{t('indices.league')}</h2>
          {round.rows.length === 0 ? (
            <EmptyState title={t('indices.no-rows')} />
          ) : (
            <LeagueTable
              rows={round.rows}
              population={round.population}
              max={round.max}
              caption={t('indices.table-name', { name: round.setName, year: round.year })}
              name={`chi-so-${round.setCode}-${round.year}`}
              xlsx={`/api/indices/rounds/${round.id}/export.xlsx`}
              states
            />
          )}
          <RoundMentions id={round.id} />
          {round.results.length > 0 ? <Results round={round} /> : null}
        </>
      )}
    </Loaded>
  );
}

function RoundMentions({ id }: { id: string }) {
  return <Mentions id={id} rows={useMentions(`index:${id}:`)} />;
}

function RoundActs({ round }: { round: RoundPageType }) {
  const t = useTranslate();
  const [open, setOpen] = useState<Act>();
  if (round.acts.length === 0) return null;
  return (
    <>
      <ButtonRow>
        {round.acts.map((act) => (
          <Button
            key={act}
            type="button"
            small
            look={act === 'reopen' ? 'secondary' : 'primary'}
            onClick={() => setOpen(act)}
          >
            {t(`indices.round-acts.${act}`)}
          </Button>
        ))}
      </ButtonRow>
      {open ? (
        <ConfirmAct
          title={t(`indices.round-acts.${open}`)}
          text={t(`indices.round-acts-text.${open}`)}
          needsReason={open === 'reopen'}
          submit={(reason) =>
            call(decideIndexRound, {
              params: { id: round.id },
              body: { version: round.version, act: open, ...(reason ? { reason } : {}) },
            })
          }
          done={t('indices.done')}
          refresh={REFRESH}
          close={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}

/** Lines `name or code; percentage`, as copied from a spreadsheet. */
function readRows(text: string): { rows: { unit: string; percent: number }[]; wrong: string | undefined } {
  const rows: { unit: string; percent: number }[] = [];
  for (const line of text.split(/\r?\n/).filter((each) => each.trim() !== '')) {
    const [, unit = '', number = ''] = /^(.*?)[;\t]\s*([\d.,]+)\s*%?\s*$/.exec(line) ?? [];
    const percent = readNumber(number);
    if (unit.trim() === '' || percent === null || percent === undefined || percent > 100) return { rows, wrong: line };
    rows.push({ unit: unit.trim(), percent });
  }
  return { rows, wrong: undefined };
}

function ImportPart({ round, close }: { round: RoundPageType; close: () => void }) {
  const t = useTranslate();
  const [partId, setPart] = useState(round.parts[0]?.id ?? '');
  const [source, setSource] = useState('');
  const [text, setText] = useState('');
  const { act, busy, error } = useAct(REFRESH);
  const { rows, wrong } = readRows(text);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const body = { partId, source: source.trim(), rows };
        const done = t('indices.import-done', { count: rows.length });
        void act(() => call(importIndexParts, { params: { id: round.id }, body }), done).then(
          (worked) => worked && close(),
        );
      }}
    >
      <FailureNote error={error} />
      <Select
        id="import-part"
        label={t('indices.part')}
        value={partId}
        onChange={setPart}
        options={round.parts.map((part) => ({ value: part.id, label: part.name }))}
      />
      <SourceField id="import-source" source={source} onSource={setSource} />
      <TextAreaField
        id="import-rows"
        label={t('indices.import-rows')}
        hint={t('indices.import-hint')}
        error={wrong === undefined ? undefined : t('indices.import-wrong', { line: wrong })}
        rows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormButtons
        label={t('indices.import-now', { count: rows.length })}
        disabled={busy || rows.length === 0 || wrong !== undefined || source.trim() === ''}
        close={close}
      />
    </form>
  );
}

function Results({ round }: { round: RoundPageType }) {
  const t = useTranslate();
  return (
    <Table
      caption={t('indices.freezings')}
      rows={round.results}
      rowKey={(row) => String(row.no)}
      columns={[
        { id: 'no', label: t('indices.freezing-no'), rowHead: true, cell: (row) => row.no },
        { id: 'at', label: t('indices.at'), cell: (row) => showShortInstant(row.at) },
        { id: 'by', label: t('indices.by'), cell: (row) => row.by },
        {
          id: 'digest',
          label: t('indices.digest'),
          cell: (row) => <span className="code">{row.digest.slice(0, 16)}</span>,
        },
      ]}
    />
  );
}
