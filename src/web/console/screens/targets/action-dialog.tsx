import { lazy, Suspense, useState } from 'react';
import {
  type ActionViewType,
  actOnTargetAction,
  createTargetAction,
  getTarget,
  getTargetBoard,
  listTargetActions,
  listTargetPeople,
} from '../../../../modules/insight/targets/contract.ts';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { given, useCall } from '../../data/use-call.ts';
import { useKey } from '../../data/use-key.ts';
import { DayField } from '../../ui/day-field.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';

const Dialog = lazy(() => import('../../ui/dialog.tsx'));
const CHANGED = [listTargetActions, getTargetBoard, getTarget];

/** One act on an action: words about it, and who and when where those are moved. */
export function ActionDialog({
  row,
  act: wanted,
  onClose,
}: {
  row: ActionViewType;
  act: ActionViewType['acts'][number];
  onClose: () => void;
}) {
  const t = useTranslate();
  const [text, setText] = useState('');
  const [owner, setOwner] = useState(row.ownerStaffId);
  const [due, setDue] = useState(row.dueDay);
  const { act, busy, error } = useAct(CHANGED);
  const label = t(`targets.act.${wanted}`);
  const moved = wanted === 'change' ? given({ ownerStaffId: owner, dueDay: due === row.dueDay ? '' : due }) : {};
  const body = { version: row.version, act: wanted, text: text.trim(), ...moved };
  return (
    <Suspense>
      <Dialog title={label} onClose={onClose}>
        <form
          noValidate
          aria-label={label}
          onSubmit={(event) => {
            event.preventDefault();
            const run = () => call(actOnTargetAction, { params: { id: row.id }, body });
            void act(run, t('targets.done', { what: label })).then((done) => done && onClose());
          }}
        >
          <p>
            <strong>{row.title}</strong>
          </p>
          <FailureNote error={error} />
          {wanted === 'change' ? (
            <>
              <Owner unitId={row.unitId} value={owner} onChange={setOwner} />
              <DayField id="action-due" label={t('targets.due')} day={due} onDay={setDue} optional={false} />
            </>
          ) : null}
          <TextAreaField
            id="action-text"
            label={t(`targets.text-of.${wanted}`)}
            optional={wanted === 'start'}
            rows={3}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <FormButtons label={label} disabled={busy || (wanted !== 'start' && text.trim() === '')} close={onClose} />
        </form>
      </Dialog>
    </Suspense>
  );
}

/** Gives somebody something to do about a target. */
export function NewActionDialog({
  targetId,
  unitId,
  onClose,
}: {
  targetId: string;
  unitId: string;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [title, setTitle] = useState('');
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  const [text, setText] = useState('');
  const { act, busy, error } = useAct(CHANGED);
  const key = useKey();
  const label = t('targets.give');
  return (
    <Suspense>
      <Dialog title={label} onClose={onClose}>
        <form
          noValidate
          aria-label={label}
          onSubmit={(event) => {
            event.preventDefault();
            const body = { title: title.trim(), ownerStaffId: owner, dueDay: due, ...given({ text: text.trim() }) };
            const run = () => call(createTargetAction, { params: { id: targetId }, body }, key);
            void act(run, t('targets.given')).then((done) => done && onClose());
          }}
        >
          <FailureNote error={error} />
          <TextField
            id="action-title"
            label={t('targets.action')}
            hint={t('targets.action-hint')}
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Owner unitId={unitId} value={owner} onChange={setOwner} />
          <DayField id="action-due" label={t('targets.due')} day={due} onDay={setDue} optional={false} />
          <TextAreaField
            id="action-text"
            label={t('targets.note')}
            optional
            rows={3}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <FormButtons
            label={label}
            disabled={busy || title.trim() === '' || owner === '' || due === ''}
            close={onClose}
          />
        </form>
      </Dialog>
    </Suspense>
  );
}

function Owner({ unitId, value, onChange }: { unitId: string; value: string; onChange: (staffId: string) => void }) {
  const t = useTranslate();
  const people = useCall(listTargetPeople, { query: { unitId } }, { staleTime: 60_000 });
  return (
    <Loaded query={people}>
      {({ rows }) => (
        <Select
          id="action-owner"
          label={t('targets.owner')}
          value={value}
          empty={t('targets.choose')}
          onChange={onChange}
          options={rows.map((one) => ({ value: one.staffId, label: `${one.name} – ${one.title}` }))}
        />
      )}
    </Loaded>
  );
}
