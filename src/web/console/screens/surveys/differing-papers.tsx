import { useState } from 'react';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import {
  getSurvey,
  listSurveyPapers,
  listSurveySample,
  settleSurveyPaper,
} from '../../../../modules/insight/surveys/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';

type Paper = ReplyOf<typeof listSurveyPapers>['rows'][number];
const SIDES = ['first', 'second'] as const;

/** Papers two people have typed differently: with the paper in hand, the right answer is chosen at every difference. */
export function DifferingPapers({ surveyId }: { surveyId: string }) {
  const t = useTranslate();
  const papers = useCall(listSurveyPapers, { params: { id: surveyId } });
  return (
    <section className="panel" aria-labelledby="entry-papers">
      <h2 id="entry-papers">{t('surveys.papers')}</h2>
      <Loaded query={papers}>
        {({ waiting, rows }) => (
          <>
            <p>{t('surveys.papers-waiting', { waiting, differing: rows.length })}</p>
            {rows.map((paper) => (
              <Settle key={`${paper.id}-${paper.version}`} surveyId={surveyId} paper={paper} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Settle({ surveyId, paper }: { surveyId: string; paper: Paper }) {
  const t = useTranslate();
  const [choices, setChoices] = useState<Readonly<Record<string, (typeof SIDES)[number]>>>({});
  const { act, busy, error } = useAct([listSurveyPapers, listSurveySample, getSurvey]);
  const open = paper.differences.some(({ questionId }) => !choices[questionId]);
  return (
    <form
      noValidate
      aria-label={t('surveys.paper-no', { no: paper.id.slice(-6) })}
      onSubmit={(event) => {
        event.preventDefault();
        const body = { version: paper.version, choices };
        void act(
          () => call(settleSurveyPaper, { params: { id: surveyId, paperId: paper.id }, body }),
          t('surveys.outcome.counted'),
        );
      }}
    >
      <h3>{t('surveys.paper-no', { no: paper.id.slice(-6) })}</h3>
      <FailureNote error={error} />
      {paper.differences.map((difference) => (
        <Select
          key={difference.questionId}
          id={`paper-${paper.id}-${difference.questionId}`}
          label={difference.text}
          value={choices[difference.questionId] ?? ''}
          empty={t('surveys.choose')}
          onChange={(value) => {
            const side = SIDES.find((each) => each === value);
            const rest = Object.fromEntries(Object.entries(choices).filter(([id]) => id !== difference.questionId));
            setChoices(side ? { ...rest, [difference.questionId]: side } : rest);
          }}
          options={SIDES.map((value) => ({
            value,
            label: t(`surveys.side-${value}`, { answer: difference[value] || t('surveys.left-out') }),
          }))}
        />
      ))}
      <Button small disabled={busy || open}>
        {t('surveys.settle')}
      </Button>
    </form>
  );
}
