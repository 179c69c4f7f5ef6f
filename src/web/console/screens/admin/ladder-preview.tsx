import { useState } from 'react';
import { capital } from '../../../../core/text/capital.ts';
import { previewLadder } from '../../../../modules/onestop/warnings/contract.ts';
import type { LadderDefinition } from '../../../../modules/onestop/warnings/rules/definition.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useToday } from '../../data/demo.ts';
import { showShortInstant } from '../../data/format.ts';
import { given, useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Loaded } from '../../ui/loaded.tsx';

/** What a ladder would do to a sample dossier, worked out by the calendar of the unit; nothing is saved. */
export function LadderPreview({
  idPrefix,
  definition,
  unitId,
  broken,
}: {
  idPrefix: string;
  definition: LadderDefinition;
  unitId: string;
  broken: boolean;
}) {
  const t = useTranslate();
  const [day, setDay] = useState(useToday());
  const [days, setDays] = useState('5');
  const limitDays = Math.round(Number(days.replace(',', '.')) * 2) / 2;
  const asked = useLater(JSON.stringify({ definition, day, limitDays, unitId }));
  const now = JSON.parse(asked) as { definition: LadderDefinition; day: string; limitDays: number; unitId: string };
  const fine = !broken && now.day !== '' && now.limitDays >= 0.5 && now.limitDays <= 365;
  const body = {
    definition: now.definition,
    receivedAt: `${now.day}T08:00`,
    limitDays: now.limitDays,
    ...given({ unitId: now.unitId }),
  };
  const preview = useCall(previewLadder, { body }, { enabled: fine, keep: true });
  return (
    <fieldset>
      <legend>
        <h3>{t('warnings.ladder.preview')}</h3>
      </legend>
      <div className="filters">
        <DayField
          id={`${idPrefix}-day`}
          label={t('warnings.ladder.preview-received')}
          day={day}
          onDay={setDay}
          optional={false}
        />
        <TextField
          id={`${idPrefix}-days`}
          label={t('warnings.ladder.preview-days')}
          short
          inputMode="decimal"
          autoComplete="off"
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
      </div>
      {fine ? (
        <Loaded query={preview}>
          {({ dueAt, rungs }) => (
            <>
              <p>{t('warnings.ladder.preview-due', { when: showShortInstant(dueAt) })}</p>
              <ul className="warnings">
                {rungs.map((rung) => (
                  <li key={rung.rung}>
                    {showShortInstant(rung.at)} <Tag tone={rung.colour}>{capital(rung.text)}</Tag>
                    <span className="hint">{rung.acts.map((act) => t(`warnings.act.${act}`)).join(' · ')}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      ) : null}
    </fieldset>
  );
}
