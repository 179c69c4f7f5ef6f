import { useState } from 'react';
import { formatNumberVi } from '../../../../core/text/numbers.ts';
import { planRegister } from '../../../../modules/onestop/dossiers/contract.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { EmptyState } from '../../../shared/design/states.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { saveBlob } from '../../data/csv.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';

export type RegisterPeriod = { readonly unitId: string; readonly from: string; readonly to: string };

const address = (period: RegisterPeriod, volume: number): string =>
  `/api/registers/dossiers.pdf?${new URLSearchParams({ ...period, volume: String(volume) })}`;

/** What a book holds and its volumes: each opens for printing, or all are saved one after the other. */
export function RegisterVolumes(period: RegisterPeriod) {
  const t = useTranslate();
  const plan = useCall(planRegister, { query: period });
  const [saved, setSaved] = useState<number>();
  const [failed, setFailed] = useState(false);

  const saveAll = async (volumes: readonly { number: number }[]) => {
    setFailed(false);
    for (const { number } of volumes) {
      setSaved(number - 1);
      const answer = await fetch(address(period, number)).catch(() => undefined);
      if (!answer?.ok) {
        setSaved(undefined);
        return setFailed(true);
      }
      const name = `so-theo-doi-${period.from}-${period.to}-quyen-${String(number).padStart(2, '0')}.pdf`;
      saveBlob(name, await answer.blob());
    }
    setSaved(volumes.length);
  };

  return (
    <Loaded query={plan}>
      {({ rows, ended, takenOver, volumes }) => {
        if (rows === 0) return <EmptyState title={t('boards.register.empty')} />;
        const busy = saved !== undefined && saved < volumes.length;
        return (
          <section className="panel" aria-labelledby="register-volumes">
            <h2 id="register-volumes">
              {t('boards.register.volumes-title', { count: formatNumberVi(volumes.length) })}
            </h2>
            <p>
              {t('boards.register.totals', {
                rows: formatNumberVi(rows),
                ended: formatNumberVi(ended),
                open: formatNumberVi(rows - ended),
              })}
              {takenOver > 0 ? ` ${t('boards.register.taken-over', { count: formatNumberVi(takenOver) })}` : ''}
            </p>
            <ul>
              {volumes.map(({ number, first, last }) => (
                <li key={number}>
                  <a href={address(period, number)} target="_blank" rel="noreferrer">
                    {t('boards.register.volume', {
                      number: formatNumberVi(number),
                      first: formatNumberVi(first),
                      last: formatNumberVi(last),
                    })}
                  </a>
                </li>
              ))}
            </ul>
            {failed ? <Note tone="danger">{t('boards.register.save-failed')}</Note> : null}
            {volumes.length > 1 ? (
              <ButtonRow>
                <Button type="button" look="secondary" disabled={busy} onClick={() => saveAll(volumes)}>
                  {t('boards.register.save-all')}
                </Button>
                <span role="status">
                  {saved === undefined
                    ? ''
                    : t('boards.register.progress', {
                        done: formatNumberVi(saved),
                        all: formatNumberVi(volumes.length),
                      })}
                </span>
              </ButtonRow>
            ) : null}
          </section>
        );
      }}
    </Loaded>
  );
}
