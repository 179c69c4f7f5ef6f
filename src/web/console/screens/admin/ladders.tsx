import { useState } from 'react';
import { capital } from '../../../../core/text/capital.ts';
import { addDays } from '../../../../core/time/index.ts';
import { type LadderView, listLadders, publishLadder } from '../../../../modules/onestop/warnings/contract.ts';
import type { Rung, Subject } from '../../../../modules/onestop/warnings/rules/definition.ts';
import { rungText } from '../../../../modules/onestop/warnings/rules/words.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Facts } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { LadderForm } from './ladder-form.tsx';

/** Ladders of warnings in use, the narrowest scopes first; new ones are put in force from a day on. */
export default function Ladders() {
  const t = useTranslate();
  const list = useCall(listLadders, {});
  return (
    <>
      <ScreenHead title={t('warnings.menu-ladders')} />
      <p>{t('warnings.ladder.intro')}</p>
      <Loaded query={list}>
        {({ rows }) => (
          <>
            {rows.map((row) => (
              <LadderPanel key={row.id} ladder={row} all={rows} />
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}

function LadderPanel({ ladder, all }: { ladder: LadderView; all: readonly LadderView[] }) {
  const t = useTranslate();
  const { definition } = ladder;
  const scope = [
    ladder.procedureCode ? t('warnings.ladder.procedure-scope', { code: ladder.procedureCode }) : '',
    ladder.unitName ?? '',
  ].filter(Boolean);
  const titleId = `ladder-${ladder.id.replace(':', '-')}`;
  return (
    <section className="panel" aria-labelledby={titleId}>
      <h2 id={titleId}>
        {ladder.name} {ladder.builtIn ? <Tag>{t('warnings.ladder.built-in')}</Tag> : null}
        {ladder.verified ? null : <Tag tone="amber">{t('console.unverified')}</Tag>}
      </h2>
      <Facts
        items={[
          { term: t('warnings.ladder.scope'), value: scope.join(', ') || t('warnings.ladder.everything') },
          { term: t('warnings.ladder.from'), value: showDay(ladder.validFrom) },
          { term: t('warnings.ladder.source'), value: ladder.source },
        ]}
      />
      {definition === null ? (
        <p>{t('warnings.ladder.wider')}</p>
      ) : (
        <div className="ladder-rungs">
          <Rungs title={t('warnings.ladder.dossier-rungs')} rungs={definition.dossier} subject="dossier" />
          <Rungs title={t('warnings.ladder.step-rungs')} rungs={definition.step} subject="step" />
        </div>
      )}
      <Disclosure label={t('warnings.ladder.copy')}>
        {(close) => <LadderForm from={ladder} all={all} close={close} />}
      </Disclosure>
      {ladder.builtIn || definition === null ? null : (
        <Disclosure label={t('warnings.ladder.end')}>
          {(close) => <EndLadder ladder={ladder} close={close} />}
        </Disclosure>
      )}
    </section>
  );
}

function Rungs({ title, rungs, subject }: { title: string; rungs: readonly Rung[]; subject: Subject }) {
  const t = useTranslate();
  return (
    <div>
      <h3>{title}</h3>
      <ul className="warnings">
        {rungs.map((rung) => (
          <li key={rung.id}>
            <Tag tone={rung.colour}>{capital(rungText(rung, subject))}</Tag>
            <span className="hint">{rung.acts.map((act) => t(`warnings.act.${act}`)).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function EndLadder({ ladder, close }: { ladder: LadderView; close: () => void }) {
  const t = useTranslate();
  const tomorrow = addDays(useToday(), 1);
  const [sent, setSent] = useState(false);
  const { act, busy, error } = useAct([listLadders]);
  async function end() {
    setSent(true);
    const { name, procedureCode, unitId, source, id } = ladder;
    const body = { name, procedureCode, unitId, source, validFrom: tomorrow, definition: null, seen: id };
    if (await act(() => call(publishLadder, { body }), t('warnings.ladder.ended'))) close();
    else setSent(false);
  }
  return (
    <>
      <FailureNote error={error} />
      <p>{t('warnings.ladder.end-question', { name: ladder.name })}</p>
      <ButtonRow>
        <Button type="button" small disabled={busy || sent} onClick={() => void end()}>
          {t('warnings.ladder.end')}
        </Button>
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </>
  );
}
