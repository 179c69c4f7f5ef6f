import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { commandDossier, type DossierPageType, getDossier } from '../../../../modules/onestop/dossiers/contract.ts';
import { TrafficLight } from '../../../shared/design/traffic-light.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { useRefreshDossiers } from '../../data/refresh-dossiers.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { StatusTag } from '../dossiers/dossier-table.tsx';
import { Actions, type Opening } from './actions.tsx';
import { FactsPart } from './facts-part.tsx';
import { PapersPart } from './papers-part.tsx';

/** One dossier: papers and history left, facts right, the next legal actions always in the same place. */
export default function Dossier() {
  const { id = '' } = useParams({ strict: false });
  const page = useCall(getDossier, { params: { id } }, { staleTime: 0 });
  const opening = useOpening(page.data);
  const t = useTranslate();
  return (
    <Loaded query={page} title={t('console.dossier.one')}>
      {(data) => <Page key={id} page={data} opening={opening} reload={() => void page.refetch()} />}
    </Loaded>
  );
}

/**
 * Whoever holds the step and opens the page has read it: the sender can no longer take it back.
 * @returns the version the opening made, once it is told; an act that follows at once goes on from there.
 */
function useOpening(page: DossierPageType | undefined): Opening {
  const opening = useRef<Promise<number | undefined>>(Promise.resolve(undefined));
  const refresh = useRefreshDossiers();
  const told = useRef('');
  useEffect(() => {
    if (!page?.commands.some((command) => command.kind === 'open')) return;
    const now = `${page.row.id} ${page.version}`;
    if (told.current === now) return;
    told.current = now;
    opening.current = call(commandDossier, {
      params: { id: page.row.id },
      body: { version: page.version, command: { kind: 'open' } },
    }).then(
      ({ version }) => {
        void refresh();
        return version;
      },
      // Somebody was quicker, or the line broke: reading goes on, the next opening tells again.
      () => undefined,
    );
  }, [page, refresh]);
  return opening;
}

function Page({ page, opening, reload }: { page: DossierPageType; opening: Opening; reload: () => void }) {
  const t = useTranslate();
  const { row } = page;
  return (
    <>
      <ScreenHead title={t('console.dossier.title', { code: row.code })}>
        <Link to="/cong-viec">{t('console.dossier.back')}</Link>
      </ScreenHead>
      <p className="dossier-head">
        <strong>{page.procedure.name}</strong>
        {page.procedure.caseName && page.procedure.caseName !== page.procedure.name ? (
          <span>{page.procedure.caseName}</span>
        ) : null}
        <StatusTag status={row.status} name={row.statusName} />
        <TrafficLight light={row.light} />
      </p>
      <div className="dossier">
        <Actions page={page} opening={opening} reload={reload} />
        <PapersPart page={page} />
        <FactsPart page={page} />
      </div>
    </>
  );
}
