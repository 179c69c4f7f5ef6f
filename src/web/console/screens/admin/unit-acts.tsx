import { type FormEvent, useState } from 'react';
import {
  addUnitCode,
  createOffices,
  createUnit,
  endUnit,
  getUnit,
  listOfficeTemplates,
  listUnitChildren,
  listUnits,
  reviseUnit,
} from '../../../../modules/foundation/organisation/contract.ts';
import { CODE_SCHEMES, UNIT_LEVELS, UNIT_TYPES } from '../../../../modules/foundation/organisation/rules/unit.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useToday } from '../../data/demo.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Select } from '../../ui/select.tsx';

interface ActProps {
  id: string;
  name: string;
  close: () => void;
}

const READS = [getUnit, listUnits, listUnitChildren];

/** What an administrator can do to a unit: each change bears a day, nothing old is overwritten. */
export function UnitActs({ id, name }: { id: string; name: string }) {
  const t = useTranslate();
  return (
    <div className="button-row button-row--top">
      <Disclosure label={t('console.units.rename')}>
        {(close) => <Rename id={id} name={name} close={close} />}
      </Disclosure>
      <Disclosure label={t('console.units.add-child')}>
        {(close) => <AddChild id={id} name={name} close={close} />}
      </Disclosure>
      <Disclosure label={t('console.units.add-offices')}>
        {(close) => <AddOffices id={id} name={name} close={close} />}
      </Disclosure>
      <Disclosure label={t('console.units.add-code')}>
        {(close) => <AddCode id={id} name={name} close={close} />}
      </Disclosure>
      <Disclosure label={t('console.units.end')}>{(close) => <End id={id} name={name} close={close} />}</Disclosure>
    </div>
  );
}

function Rename({ id, name, close }: ActProps) {
  const t = useTranslate();
  const [next, setNext] = useState(name);
  const [from, setFrom] = useState(useToday());
  const { act, busy, error } = useAct(READS);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await act(() => call(reviseUnit, { params: { id }, body: { from, name: next.trim() } }), t('console.saved')))
      close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <TextField
        id="rename-name"
        label={t('console.units.name')}
        value={next}
        onChange={(e) => setNext(e.currentTarget.value)}
      />
      <DayField id="rename-from" label={t('console.from')} day={from} onDay={setFrom} optional={false} />
      <FormButtons label={t('console.units.rename')} disabled={busy} close={close} />
    </form>
  );
}

function AddChild({ id, close }: ActProps) {
  const t = useTranslate();
  const [name, setName] = useState('');
  const [kind, setKind] = useState('');
  const [level, setLevel] = useState<(typeof UNIT_LEVELS)[number]>('commune');
  const [type, setType] = useState<(typeof UNIT_TYPES)[number]>('professional');
  const [validFrom, setValidFrom] = useState(useToday());
  const { act, busy, error } = useAct(READS);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const body = { name: name.trim(), level, type, kind: kind.trim(), parentId: id, validFrom };
    if (await act(() => call(createUnit, { body }), t('console.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <TextField
        id="child-name"
        label={t('console.units.name')}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Select
        id="child-type"
        label={t('console.units.type')}
        value={type}
        onChange={(value) => setType(UNIT_TYPES.find((one) => one === value) ?? type)}
        options={UNIT_TYPES.map((value) => ({ value, label: t(`console.unit-type.${value}`) }))}
      />
      <Select
        id="child-level"
        label={t('console.units.level')}
        value={level}
        onChange={(value) => setLevel(UNIT_LEVELS.find((one) => one === value) ?? level)}
        options={UNIT_LEVELS.map((value) => ({ value, label: t(`console.level.${value}`) }))}
      />
      <TextField
        id="child-kind"
        label={t('console.units.kind')}
        hint={t('console.units.kind-hint')}
        code
        value={kind}
        onChange={(e) => setKind(e.currentTarget.value)}
      />
      <DayField id="child-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      <FormButtons label={t('console.units.add-child')} disabled={busy} close={close} />
    </form>
  );
}

function AddOffices({ id, close }: ActProps) {
  const t = useTranslate();
  const templates = useCall(listOfficeTemplates, {}, { staleTime: 600_000 });
  const [template, setTemplate] = useState('');
  const [from, setFrom] = useState(useToday());
  const { act, busy, error } = useAct(READS);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await act(() => call(createOffices, { params: { id }, body: { template, from } }), t('console.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <Select
        id="offices-template"
        label={t('console.units.template')}
        value={template}
        onChange={setTemplate}
        options={(templates.data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
        empty={t('forms.choose')}
      />
      <DayField id="offices-from" label={t('console.from')} day={from} onDay={setFrom} optional={false} />
      <FormButtons label={t('console.units.add-offices')} disabled={busy} close={close} />
    </form>
  );
}

function AddCode({ id, close }: ActProps) {
  const t = useTranslate();
  const [scheme, setScheme] = useState<(typeof CODE_SCHEMES)[number]>('qd20');
  const [code, setCode] = useState('');
  const [validFrom, setValidFrom] = useState(useToday());
  const { act, busy, error } = useAct(READS);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const body = { scheme, code: code.trim().toUpperCase(), validFrom };
    if (await act(() => call(addUnitCode, { params: { id }, body }), t('console.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <Select
        id="code-scheme"
        label={t('console.units.scheme')}
        value={scheme}
        onChange={(value) => setScheme(CODE_SCHEMES.find((one) => one === value) ?? scheme)}
        options={CODE_SCHEMES.map((value) => ({ value, label: t(`console.scheme.${value}`) }))}
      />
      <TextField
        id="code-code"
        label={t('console.units.code')}
        short
        code
        value={code}
        onChange={(e) => setCode(e.currentTarget.value)}
      />
      <DayField id="code-from" label={t('console.from')} day={validFrom} onDay={setValidFrom} optional={false} />
      <FormButtons label={t('console.units.add-code')} disabled={busy} close={close} />
    </form>
  );
}

function End({ id, close }: ActProps) {
  const t = useTranslate();
  const [lastDay, setLastDay] = useState('');
  const { act, busy, error } = useAct(READS);
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await act(() => call(endUnit, { params: { id }, body: { lastDay } }), t('console.saved'))) close();
  }
  return (
    <form onSubmit={submit} noValidate>
      <FailureNote error={error} />
      <DayField id="end-day" label={t('console.units.last-day')} day={lastDay} onDay={setLastDay} optional={false} />
      <FormButtons label={t('console.units.end')} disabled={busy} close={close} />
    </form>
  );
}
