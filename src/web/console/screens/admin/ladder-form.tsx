import { type FormEvent, useState } from 'react';
import { type LadderView, listLadders, publishLadder } from '../../../../modules/onestop/warnings/contract.ts';
import {
  findLadderFaults,
  type LadderDefinition,
  type LadderFault,
  type Rung,
  type Subject,
} from '../../../../modules/onestop/warnings/rules/definition.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { UnitPicker } from '../../ui/unit-picker.tsx';
import { LadderPreview } from './ladder-preview.tsx';
import { RungFields } from './rung-fields.tsx';

const PROCEDURE = /^[1-9]\.\d{6}$/;
const EMPTY: LadderDefinition = { dossier: [], step: [] };

/** A new ladder, begun from another one. What is wrong is shown as it is typed; the sample shows what it would do. */
export function LadderForm({ from, all, close }: { from: LadderView; all: readonly LadderView[]; close: () => void }) {
  const t = useTranslate();
  const today = useToday();
  const [name, setName] = useState(from.name);
  const [procedure, setProcedure] = useState(from.procedureCode ?? '');
  const [unitId, setUnitId] = useState(from.unitId ?? '');
  const [validFrom, setValidFrom] = useState(today);
  const [source, setSource] = useState(from.builtIn ? '' : from.source);
  const [definition, setDefinition] = useState(from.definition ?? EMPTY);
  const { act, busy, error } = useAct([listLadders]);
  const faults = findLadderFaults(definition);
  const procedureCode = procedure.trim() === '' ? null : procedure.trim();
  const wrongProcedure = procedureCode !== null && !PROCEDURE.test(procedureCode);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const scopeUnit = unitId === '' ? null : unitId;
    // What the editor has seen of this scope: somebody else's ladder since is not overwritten unread.
    const seen = all.find((one) => !one.builtIn && one.procedureCode === procedureCode && one.unitId === scopeUnit);
    const body = {
      name: name.trim(),
      procedureCode,
      unitId: scopeUnit,
      validFrom,
      source: source.trim(),
      definition,
      seen: seen?.id ?? null,
    };
    if (await act(() => call(publishLadder, { body }), t('warnings.ladder.published'))) close();
  }

  const id = (part: string): string => `${from.id.replace(':', '-')}-${part}`;
  const change = (subject: Subject, rungs: Rung[]) => setDefinition({ ...definition, [subject]: rungs });
  const incomplete = name.trim() === '' || source.trim() === '' || validFrom === '';
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <TextField
        id={id('name')}
        label={t('warnings.ladder.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextField
        id={id('procedure')}
        label={t('warnings.ladder.procedure')}
        hint={t('warnings.ladder.procedure-hint')}
        optional
        short
        autoComplete="off"
        value={procedure}
        error={wrongProcedure ? t('warnings.ladder.wrong-procedure') : undefined}
        onChange={(event) => setProcedure(event.currentTarget.value)}
      />
      <UnitPicker
        id={id('unit')}
        label={t('warnings.ladder.unit')}
        initialText={from.unitName ?? ''}
        onUnit={setUnitId}
      />
      <p className="hint">{t('warnings.ladder.unit-hint')}</p>
      <DayField
        id={id('from')}
        label={t('warnings.ladder.from')}
        day={validFrom}
        onDay={setValidFrom}
        optional={false}
      />
      <TextField
        id={id('source')}
        label={t('warnings.ladder.source')}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      {(['dossier', 'step'] as const).map((subject) => (
        <RungFields
          key={subject}
          idPrefix={id(subject)}
          title={t(`warnings.ladder.${subject}-rungs`)}
          rungs={definition[subject]}
          faultsOf={(index) => messagesAt(faults, `${subject}.${index}`)}
          onRungs={(rungs) => change(subject, rungs)}
        />
      ))}
      <LadderPreview idPrefix={id('preview')} definition={definition} unitId={unitId} broken={faults.length > 0} />
      <ButtonRow>
        <Button small disabled={busy || incomplete || wrongProcedure || faults.length > 0}>
          {t('warnings.ladder.publish')}
        </Button>
        <Button type="button" look="link" onClick={close}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}

const messagesAt = (faults: readonly LadderFault[], path: string): readonly string[] =>
  faults.filter((fault) => fault.path === path).map((fault) => fault.message);
