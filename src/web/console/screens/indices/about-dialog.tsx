import { useState } from 'react';
import type { IndicatorSet } from '../../../../core/scoring/index.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { ChangeForm } from './act-dialog.tsx';

/** Levels whose units are scored here. */
const LEVELS = ['any', 'province', 'district', 'commune'];

/**
 * What a set is called, whom it is for, which decision it rests on, and what is said of it: a copy bears those of the set it
 * was made from.
 */
export function AboutDialog({
  set,
  change,
  close,
}: {
  set: IndicatorSet;
  change: (set: IndicatorSet) => void;
  close: () => void;
}) {
  const t = useTranslate();
  const [name, setName] = useState(set.name);
  const [level, setLevel] = useState(set.level);
  const [source, setSource] = useState(set.source);
  const [note, setNote] = useState(set.note ?? '');
  const empty = (text: string): string | undefined => (text.trim() === '' ? t('indices.empty-field') : undefined);
  const { note: _, ...rest } = set;
  return (
    <ChangeForm
      title={t('indices.edit-about')}
      ready={empty(name) === undefined && empty(source) === undefined}
      apply={() =>
        change({
          ...rest,
          name: name.trim(),
          level,
          source: source.trim(),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        })
      }
      label={t('indices.apply-frame')}
      close={close}
    >
      <TextField
        id="about-name"
        label={t('indices.set-name')}
        maxLength={400}
        error={empty(name)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        id="about-level"
        label={t('indices.level')}
        hint={t('indices.set-level-hint')}
        value={level}
        onChange={setLevel}
        options={[...new Set([...LEVELS, set.level])].map((each) => ({
          value: each,
          label: t(`indices.levels.${each}`),
        }))}
      />
      <TextField
        id="about-source"
        label={t('indices.source')}
        hint={t('indices.set-source-hint')}
        maxLength={600}
        error={empty(source)}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <TextField
        id="about-note"
        label={t('indices.note')}
        optional
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ChangeForm>
  );
}
