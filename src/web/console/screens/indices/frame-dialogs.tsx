import { type ReactNode, useState } from 'react';
import type { Band, IndicatorSet, Setting } from '../../../../core/scoring/index.ts';
import { typedNumberVi } from '../../../../core/text/numbers.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { readNumber } from '../reports/words.ts';
import { ChangeForm } from './act-dialog.tsx';
import {
  type BandDraft,
  bandDrafts,
  bandFaults,
  freeId,
  type PartDraft,
  partDrafts,
  partFaults,
  reachesZero,
  sumOfWeights,
  withParts,
} from './set-frame.ts';
import { percent } from './words.ts';

const keyOf = (rows: readonly { readonly key: string }[]): string =>
  freeId(
    'new',
    rows.map((row) => row.key),
  );

/** Maximum of the index and its parts; weights that are not 100 % together are told and can be kept in a draft. */
export function PartsDialog({
  set,
  change,
  close,
}: {
  set: IndicatorSet;
  change: (set: IndicatorSet) => void;
  close: () => void;
}) {
  const t = useTranslate();
  const [max, setMax] = useState(typedNumberVi(set.max));
  const [rows, setRows] = useState<readonly PartDraft[]>(partDrafts(set));
  const maximum = readNumber(max);
  const faults = partFaults(rows);
  const sum = sumOfWeights(rows);
  const ready = typeof maximum === 'number' && faults.size === 0;
  const edit = (key: string, part: Partial<PartDraft>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const added = (): PartDraft => ({
    key: keyOf(rows),
    id: freeId(
      'phan',
      rows.map((row) => row.id),
    ),
    name: '',
    percent: '',
  });
  return (
    <ChangeForm
      title={t('indices.parts-title')}
      ready={ready}
      apply={() => typeof maximum === 'number' && change({ ...withParts(set, rows), max: maximum })}
      label={t('indices.apply-frame')}
      close={close}
    >
      <TextField
        id="frame-max"
        label={t('indices.max-of-set')}
        short
        inputMode="decimal"
        error={typeof maximum === 'number' ? undefined : t('indices.no-number')}
        value={max}
        onChange={(event) => setMax(event.currentTarget.value)}
      />
      {rows.map((row, at) => {
        const fault = (name: 'name' | 'weight' | 'id' | 'twice') => faults.get(row.key)?.includes(name);
        const wrongId = fault('id') ? 'id' : fault('twice') ? 'twice' : undefined;
        return (
          <Row key={row.key} name={t('indices.part-no', { no: at + 1 })} remove={() => setRows(without(rows, row.key))}>
            <TextField
              id={`part-${row.key}-name`}
              label={t('indices.part-name')}
              maxLength={400}
              error={fault('name') ? t('indices.frame-faults.name') : undefined}
              value={row.name}
              onChange={(event) => edit(row.key, { name: event.currentTarget.value })}
            />
            <TextField
              id={`part-${row.key}-weight`}
              label={t('indices.weight-percent')}
              short
              inputMode="decimal"
              error={fault('weight') ? t('indices.frame-faults.weight') : undefined}
              value={row.percent}
              onChange={(event) => edit(row.key, { percent: event.currentTarget.value })}
            />
            <TextField
              id={`part-${row.key}-id`}
              label={t('indices.code')}
              hint={t('indices.part-code-hint')}
              code
              maxLength={61}
              error={wrongId ? t(`indices.frame-faults.${wrongId}`) : undefined}
              value={row.id}
              onChange={(event) => edit(row.key, { id: event.currentTarget.value.trim() })}
            />
          </Row>
        );
      })}
      <Button type="button" look="secondary" small onClick={() => setRows([...rows, added()])}>
        {t('indices.add-part')}
      </Button>
      <p aria-live="polite" className={rows.length > 0 && sum !== 100 ? 'error-message' : 'hint'}>
        {rows.length === 0
          ? t('indices.no-parts')
          : t(sum === 100 ? 'indices.weights-right' : 'indices.weights-wrong', { sum: percent(sum, t) })}
      </p>
    </ChangeForm>
  );
}

/** Bands of the whole or of domains, of the set or of one reading; kept from the highest down. */
export function BandsDialog({
  title,
  bands,
  change,
  close,
}: {
  title: string;
  bands: readonly Band[] | undefined;
  change: (drafts: readonly BandDraft[]) => void;
  close: () => void;
}) {
  const t = useTranslate();
  const [rows, setRows] = useState<readonly BandDraft[]>(bandDrafts(bands));
  const faults = bandFaults(rows);
  const edit = (key: string, band: Partial<BandDraft>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...band } : row)));
  return (
    <ChangeForm
      title={title}
      ready={faults.size === 0}
      apply={() => change(rows)}
      label={t('indices.apply-frame')}
      close={close}
    >
      <p className="hint">{t('indices.bands-hint')}</p>
      {rows.map((row, at) => {
        const wrong = faults.get(row.key)?.find((each) => each === 'min' || each === 'twice');
        return (
          <Row key={row.key} name={t('indices.band-no', { no: at + 1 })} remove={() => setRows(without(rows, row.key))}>
            <TextField
              id={`band-${row.key}-label`}
              label={t('indices.band-label')}
              maxLength={400}
              error={faults.get(row.key)?.includes('name') ? t('indices.frame-faults.name') : undefined}
              value={row.label}
              onChange={(event) => edit(row.key, { label: event.currentTarget.value })}
            />
            <TextField
              id={`band-${row.key}-min`}
              label={t('indices.band-min')}
              short
              inputMode="decimal"
              error={wrong ? t(`indices.frame-faults.${wrong}`) : undefined}
              value={row.min}
              onChange={(event) => edit(row.key, { min: event.currentTarget.value })}
            />
          </Row>
        );
      })}
      <Button
        type="button"
        look="secondary"
        small
        onClick={() => setRows([...rows, { key: keyOf(rows), min: '', label: '' }])}
      >
        {t('indices.add-band')}
      </Button>
      <p aria-live="polite" className={reachesZero(rows) ? 'hint' : 'error-message'}>
        {rows.length === 0 ? t('indices.no-bands') : reachesZero(rows) ? null : t('indices.bands-not-zero')}
      </p>
    </ChangeForm>
  );
}

/** One disputed place: its name, its readings and which of them holds where nobody chooses. */
export function SettingDialog({
  setting,
  change,
  close,
}: {
  setting: Setting;
  change: (setting: Setting) => void;
  close: () => void;
}) {
  const t = useTranslate();
  const [draft, setDraft] = useState<Setting>(setting);
  const { options } = draft;
  const named = draft.name.trim() !== '' && options.every((option) => option.name.trim() !== '');
  const chosenThere = options.some((option) => option.id === draft.chosen);
  const edit = (id: string, option: Partial<Setting['options'][number]>): void =>
    setDraft({ ...draft, options: options.map((each) => (each.id === id ? { ...each, ...option } : each)) });
  return (
    <ChangeForm
      title={t('indices.setting-title')}
      ready={named && chosenThere && options.length >= 2}
      apply={() => change(trimmed(draft))}
      label={t('indices.apply-frame')}
      close={close}
    >
      <TextField
        id="setting-name"
        label={t('indices.setting-name')}
        maxLength={400}
        error={draft.name.trim() === '' ? t('indices.frame-faults.name') : undefined}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <TextField
        id="setting-note"
        label={t('indices.note')}
        optional
        maxLength={600}
        value={draft.note ?? ''}
        onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })}
      />
      {options.map((option, at) => (
        <Row
          key={option.id}
          name={t('indices.option-no', { no: at + 1 })}
          remove={
            options.length > 2
              ? () => setDraft({ ...draft, options: options.filter((each) => each.id !== option.id) })
              : undefined
          }
        >
          <TextField
            id={`option-${option.id}-name`}
            label={t('indices.option-name')}
            maxLength={400}
            error={option.name.trim() === '' ? t('indices.frame-faults.name') : undefined}
            value={option.name}
            onChange={(event) => edit(option.id, { name: event.currentTarget.value })}
          />
          <TextField
            id={`option-${option.id}-note`}
            label={t('indices.note')}
            optional
            maxLength={600}
            value={option.note ?? ''}
            onChange={(event) => edit(option.id, { note: event.currentTarget.value })}
          />
        </Row>
      ))}
      <Button
        type="button"
        look="secondary"
        small
        onClick={() => setDraft({ ...draft, options: [...options, newOption(options)] })}
      >
        {t('indices.add-option')}
      </Button>
      <Select
        id="setting-chosen"
        label={t('indices.setting-chosen')}
        value={chosenThere ? draft.chosen : ''}
        empty={chosenThere ? undefined : t('indices.choose')}
        error={chosenThere ? undefined : t('indices.frame-faults.chosen')}
        onChange={(chosen) => setDraft({ ...draft, chosen })}
        options={options.map((option, at) => ({
          value: option.id,
          label: option.name.trim() || t('indices.option-no', { no: at + 1 }),
        }))}
      />
    </ChangeForm>
  );
}

/** A disputed place that is not in the set yet, with two readings to be named. */
export function newSetting(set: IndicatorSet): Setting {
  const first = newOption([]);
  const id = freeId(
    'cho',
    (set.settings ?? []).map((each) => each.id),
  );
  return { id, name: '', chosen: first.id, options: [first, newOption([first])] };
}

const newOption = (options: readonly { readonly id: string }[]): Setting['options'][number] => ({
  id: freeId(
    'cach',
    options.map((each) => each.id),
  ),
  name: '',
});

/** Names and notes without blanks around them; an empty note is none. */
function trimmed(setting: Setting): Setting {
  const clean = <T extends { name: string; note?: string }>({ note, ...rest }: T) => ({
    ...rest,
    name: rest.name.trim(),
    ...(note?.trim() ? { note: note.trim() } : {}),
  });
  return { ...clean(setting), options: setting.options.map(clean) };
}

const without = <R extends { readonly key: string }>(rows: readonly R[], key: string): readonly R[] =>
  rows.filter((row) => row.key !== key);

/** One row of fields with its own name, which a reader of screens says before each field. */
function Row({ name, remove, children }: { name: string; remove: (() => void) | undefined; children: ReactNode }) {
  const t = useTranslate();
  return (
    <fieldset>
      <legend>{name}</legend>
      <div className="filters">{children}</div>
      {remove ? (
        <Button type="button" look="link" small aria-label={t('indices.remove-named', { name })} onClick={remove}>
          {t('indices.remove')}
        </Button>
      ) : null}
    </fieldset>
  );
}
