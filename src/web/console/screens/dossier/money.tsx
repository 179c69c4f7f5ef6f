import { type FormEvent, useState } from 'react';
import { formatNumberVi, formatVnd, parseNumberVi } from '../../../../core/text/numbers.ts';
import { dayOf, formatDay } from '../../../../core/time/index.ts';
import { type DossierPageType, recordPayment } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { ApiError } from '../../api-error.ts';
import { useRefreshDossiers } from '../../data/refresh-dossiers.ts';
import { given } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { notify } from '../../toasts.tsx';
import { focusWrong } from '../../ui/focus-wrong.ts';
import { Select } from '../../ui/select.tsx';

type Fee = DossierPageType['fees'][number];

/** Fees with what is paid; the desk records what it takes and gives back (entries are never changed). */
export function Money({ page }: { page: DossierPageType }) {
  const t = useTranslate();
  const me = useMe();
  const [open, setOpen] = useState('');
  const mayCollect = [page.receivedBy.id, page.decidedBy.id].some((unit) => mayDo(me, 'dossier.collect-fee', unit));
  if (page.fees.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="money-title">
      <h2 id="money-title">{t('console.money.title')}</h2>
      <ul className="plain-list">
        {page.fees.map((fee) => (
          <li key={fee.id}>
            <strong>{fee.name}</strong>:{' '}
            {fee.amountVnd === null ? t('console.intake.fee-unknown') : formatVnd(fee.amountVnd)} <PaidTag fee={fee} />
            {mayCollect && (fee.amountVnd !== 0 || fee.paidVnd !== 0) ? (
              <>
                {' '}
                <Button
                  type="button"
                  look="link"
                  aria-expanded={open === fee.id}
                  onClick={() => setOpen(open === fee.id ? '' : fee.id)}
                >
                  {t('console.money.record')}
                  <span className="visually-hidden"> {fee.name}</span>
                </Button>
              </>
            ) : null}
            <Entries fee={fee} />
            {open === fee.id ? <PaymentForm fee={fee} dossierId={page.row.id} onDone={() => setOpen('')} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function PaidTag({ fee }: { fee: Fee }) {
  const t = useTranslate();
  if (fee.amountVnd === 0 && fee.paidVnd === 0) return null;
  if (fee.amountVnd !== null && fee.paidVnd >= fee.amountVnd) return <Tag tone="green">{t('console.money.paid')}</Tag>;
  if (fee.paidVnd > 0)
    return <Tag tone="amber">{t('console.money.paid-part', { amount: formatVnd(fee.paidVnd) })}</Tag>;
  return <Tag tone="amber">{t('console.money.unpaid')}</Tag>;
}

/** What was taken and given back, with where it was paid online. */
function Entries({ fee }: { fee: Fee }) {
  const t = useTranslate();
  if (fee.entries.length === 0) return null;
  return (
    <ul className="hint" aria-label={t('console.money.entries', { name: fee.name })}>
      {fee.entries.map(({ id, kind, amountVnd, method, platform, reference, at }) => (
        <li key={id}>
          {[
            t(`console.money.entry-${kind}`, { amount: formatVnd(amountVnd) }),
            ...(method ? [t(`console.money.by-${method}`)] : []),
            ...(platform ? [t(`console.money.on-${platform}`)] : []),
            ...(reference ? [reference] : []),
            formatDay(dayOf(new Date(at))),
          ].join(' · ')}
        </li>
      ))}
    </ul>
  );
}

const METHODS = ['cash', 'transfer', 'card', 'online'] as const;
const PLATFORMS = ['national', 'own'] as const;

function PaymentForm({ fee, dossierId, onDone }: { fee: Fee; dossierId: string; onDone: () => void }) {
  const t = useTranslate();
  const refresh = useRefreshDossiers();
  const [kind, setKind] = useState<'paid' | 'refunded'>('paid');
  const [method, setMethod] = useState<(typeof METHODS)[number]>('cash');
  const [platform, setPlatform] = useState<(typeof PLATFORMS)[number]>('national');
  const [reference, setReference] = useState('');
  const [amount, setAmount] = useState(
    fee.amountVnd === null ? '' : formatNumberVi(Math.max(0, fee.amountVnd - fee.paidVnd)),
  );
  const [note, setNote] = useState('');
  const [error, setError] = useState<string>();
  const [referenceError, setReferenceError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const amountVnd = parseNumberVi(amount);
    if (amountVnd === undefined || !Number.isSafeInteger(amountVnd) || amountVnd < 1) {
      setError(t('console.action.need-amount'));
      return focusWrong(event.currentTarget);
    }
    const online = method === 'online' ? { platform, reference: reference.trim() } : {};
    setError(undefined);
    setReferenceError(online.reference === '' ? t('console.money.need-reference') : undefined);
    if (online.reference === '') return focusWrong(event.currentTarget);
    if (busy) return;
    setBusy(true);
    try {
      const body = { kind, feeId: fee.id, amountVnd, method, ...online, ...given({ note: note.trim() }) };
      await call(recordPayment, { params: { id: dossierId }, body }, { idempotencyKey: key });
      notify('success', t(`console.money.${kind}-done`, { amount: formatVnd(amountVnd) }));
      onDone();
      await refresh();
    } catch (failure) {
      setError(failure instanceof ApiError ? (failure.fields[0]?.message ?? failure.message) : t('console.network'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate className="action__form">
      <Select
        id={`pay-${fee.id}-kind`}
        label={t('console.money.kind')}
        value={kind}
        onChange={(value) => setKind(value === 'refunded' ? 'refunded' : 'paid')}
        options={(['paid', 'refunded'] as const).map((value) => ({ value, label: t(`console.money.kind-${value}`) }))}
      />
      <TextField
        id={`pay-${fee.id}-amount`}
        label={t('console.action.amount')}
        short
        inputMode="numeric"
        autoComplete="off"
        value={amount}
        error={error}
        onChange={(event) => setAmount(event.currentTarget.value)}
      />
      <Select
        id={`pay-${fee.id}-method`}
        label={t('console.money.method')}
        value={method}
        onChange={(value) => setMethod(METHODS.find((one) => one === value) ?? 'cash')}
        options={METHODS.map((value) => ({ value, label: t(`console.money.by-${value}`) }))}
      />
      {method === 'online' ? (
        <>
          <p className="hint">{t('console.money.online-hint')}</p>
          <Select
            id={`pay-${fee.id}-platform`}
            label={t('console.money.platform')}
            value={platform}
            onChange={(value) => setPlatform(value === 'own' ? 'own' : 'national')}
            options={PLATFORMS.map((value) => ({ value, label: t(`console.money.on-${value}`) }))}
          />
          <TextField
            id={`pay-${fee.id}-reference`}
            label={t('console.money.reference')}
            hint={t('console.money.reference-hint')}
            short
            autoComplete="off"
            maxLength={60}
            value={reference}
            error={referenceError}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        </>
      ) : null}
      <TextField
        id={`pay-${fee.id}-note`}
        label={t('console.action.note')}
        optional
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ButtonRow>
        <Button small disabled={busy}>
          {t('console.money.submit')}
        </Button>
        <Button type="button" look="link" onClick={onDone}>
          {t('console.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
