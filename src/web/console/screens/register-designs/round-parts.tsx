import type { RegisterDefinition } from '../../../../modules/insight/registers/rules/register.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { FindingsAt, Parts } from '../report-forms/fields.tsx';
import { freeName, type PartProps } from './part-props.ts';

type Round = NonNullable<RegisterDefinition['rounds']>[number];
const DAYS = ['from', 'to', 'deadline', 'close'] as const;

/** The rounds of a campaign, each with days of its own. */
export function RoundParts({ register, onChange, findings, locked }: PartProps) {
  const t = useTranslate();
  const rounds = register.rounds ?? [];
  return (
    <>
      <Parts<Round>
        id="rounds"
        legend={t('designer.rounds')}
        parts={rounds}
        nameOf={(round) => round.name || round.id}
        onParts={(next) => onChange({ ...register, rounds: next })}
        made={() => {
          const id = freeName(
            'dot-',
            rounds.map((round) => round.id),
          );
          const name = t('designer.new-round', { count: rounds.length + 1 });
          return { id, name, from: '', to: '', deadline: '', close: '' };
        }}
        addLabel={t('designer.add-round')}
        locked={locked}
      >
        {(round, change, at) => (
          <div key={round.id}>
            <FindingsAt findings={findings} path={`rounds[${at}]`} />
            <TextField
              id={`round-${at}-name`}
              label={t('designer.round-name')}
              maxLength={60}
              value={round.name}
              onChange={(event) => change({ ...round, name: event.currentTarget.value })}
            />
            {DAYS.map((key) => (
              <DayField
                key={key}
                id={`round-${at}-${key}`}
                label={t(`designer.round-days.${key}`)}
                day={round[key]}
                optional={false}
                onDay={(day) => change({ ...round, [key]: day })}
              />
            ))}
          </div>
        )}
      </Parts>
      <FindingsAt findings={findings.filter((one) => one.path === 'rounds')} path="rounds" />
    </>
  );
}
