import { type FormEvent, useState } from 'react';
import {
  type DossierLatenessType,
  decideLatenessPart,
  getDossierLateness,
  type LatenessPartType,
  listLateness,
  sumLateness,
} from '../../../../modules/onestop/lateness/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextAreaField, TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useAct } from '../../data/use-act.ts';
import { given } from '../../data/use-call.ts';
import { Select } from '../../ui/select.tsx';
import { CauseSelect } from './cause-select.tsx';
import { holderText } from './part-text.tsx';

type Holder = DossierLatenessType['holders'][number];
type Share = { readonly id: number; readonly holder: number; readonly minutes: string; readonly causeCode: string };

/** A head's word on one part: a cause, and where needed a split of the same minutes among those who held the dossier. */
export function PartForm({
  dossierId,
  page,
  part,
  onDone,
}: {
  dossierId: string;
  page: DossierLatenessType;
  part: LatenessPartType;
  onDone: () => void;
}) {
  const t = useTranslate();
  const { act, busy, errorText } = useAct([getDossierLateness, listLateness, sumLateness]);
  const holders = holdersFor(page, part);
  const [shares, setShares] = useState<readonly Share[]>([
    { id: 0, holder: 0, minutes: String(part.minutes), causeCode: part.causeCode ?? '' },
  ]);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const change = (id: number, members: Partial<Share>): void =>
    setShares(shares.map((share) => (share.id === id ? { ...share, ...members } : share)));

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const sum = shares.reduce((all, share) => all + (Number(share.minutes) || 0), 0);
    if (shares.some((share) => share.causeCode === '')) return setProblem(t('lateness.form.need-cause'));
    if (sum !== part.minutes) return setProblem(t('lateness.form.need-sum', { minutes: part.minutes, sum }));
    setProblem(undefined);
    const body = {
      version: page.version,
      ...given({ reason: reason.trim() }),
      shares: shares.flatMap((share) => {
        const holder = holders[share.holder];
        if (!holder) return [];
        const { kind, stepId, unitId, staffId } = holder;
        return [{ kind, stepId, unitId, staffId, minutes: Number(share.minutes), causeCode: share.causeCode }];
      }),
    };
    const work = () => call(decideLatenessPart, { params: { id: dossierId, seq: part.seq }, body });
    if (await act(work, t('lateness.form.done'))) onDone();
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="action__form">
      {shares.map((share, index) => {
        const id = `part-${part.seq}-${share.id}`;
        return (
          <fieldset key={share.id}>
            <legend>{t('lateness.form.part', { n: index + 1 })}</legend>
            <CauseSelect
              id={`${id}-cause`}
              causes={page.causes}
              value={share.causeCode}
              onChange={(causeCode) => change(share.id, { causeCode })}
            />
            <Select
              id={`${id}-holder`}
              label={t('lateness.form.holder')}
              value={String(share.holder)}
              onChange={(value) => change(share.id, { holder: Number(value) })}
              options={holders.map((holder, at) => ({ value: String(at), label: holderText(holder, t) }))}
            />
            {shares.length > 1 ? (
              <>
                <TextField
                  id={`${id}-minutes`}
                  label={t('lateness.form.minutes')}
                  short
                  inputMode="numeric"
                  autoComplete="off"
                  value={share.minutes}
                  onChange={(event) => change(share.id, { minutes: event.currentTarget.value.trim() })}
                />
                <Button
                  type="button"
                  look="link"
                  onClick={() => setShares(shares.filter((other) => other.id !== share.id))}
                >
                  {t('lateness.form.remove')}
                </Button>
              </>
            ) : null}
          </fieldset>
        );
      })}
      <Button
        type="button"
        look="link"
        onClick={() =>
          setShares([
            ...shares,
            { id: Math.max(...shares.map((share) => share.id)) + 1, holder: 0, minutes: '', causeCode: '' },
          ])
        }
      >
        {t('lateness.form.add')}
      </Button>
      <TextAreaField
        id={`part-${part.seq}-reason`}
        label={t('lateness.form.reason')}
        hint={t('lateness.form.reason-hint')}
        optional
        maxLength={2000}
        value={reason}
        error={problem ?? errorText}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ButtonRow>
        <Button small disabled={busy}>
          {t('lateness.form.submit')}
        </Button>
        <Button type="button" look="link" onClick={onDone}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}

/** The part as it is first, then everybody else who held the dossier, then the waits of its unit. */
function holdersFor(page: DossierLatenessType, part: LatenessPartType): Holder[] {
  const waits = (['citizen', 'finance', 'agency'] as const).map((kind) => ({
    ...part,
    kind,
    staffId: null,
    staffName: null,
  }));
  const known = new Map<string, Holder>();
  for (const holder of [part, ...page.holders, ...waits]) {
    const { kind, stepId, unitId, staffId } = holder;
    const key = [kind, stepId, unitId, staffId].join(' ');
    if (!known.has(key)) known.set(key, holder);
  }
  return [...known.values()];
}
