import { useState } from 'react';
import { type SheetPageType, savePlace } from '../../../../modules/insight/indices/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { readNumber } from '../reports/words.ts';
import { ActForm, LazyDialog } from './act-dialog.tsx';
import { SourceField } from './source-field.tsx';
import { rankText } from './words.ts';

type Refresh = readonly { readonly id: string }[];

/** The place of the unit as somebody else published it: of sets that are imported, where not all who were ranked are here. */
export function PublishedPlace({ page, refresh }: { page: SheetPageType; refresh: Refresh }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  if (!page.place && !page.may.place) return null;
  return (
    <p>
      {page.place
        ? t('indices.place-published', {
            place: rankText(page.place.rank, page.place.population, t),
            source: page.place.source,
          })
        : t('indices.place-none')}{' '}
      {page.may.place ? (
        <Button type="button" look="secondary" small onClick={() => setOpen(true)}>
          {t('indices.enter-place')}
        </Button>
      ) : null}
      {open ? <PlaceDialog page={page} refresh={refresh} close={() => setOpen(false)} /> : null}
    </p>
  );
}

const typedOf = (value: number | undefined): string => (value === undefined ? '' : String(value));
const isPlace = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1;

function PlaceDialog({ page, refresh, close }: { page: SheetPageType; refresh: Refresh; close: () => void }) {
  const t = useTranslate();
  const [rankTyped, setRank] = useState(typedOf(page.place?.rank));
  const [populationTyped, setPopulation] = useState(typedOf(page.place?.population));
  const [source, setSource] = useState(page.place?.source ?? '');
  const [rank, population] = [readNumber(rankTyped), readNumber(populationTyped)];
  const empty = [rankTyped, populationTyped, source].every((text) => text.trim() === '');
  const beyond = isPlace(rank) && isPlace(population) && rank > population;
  const whole = isPlace(rank) && isPlace(population) && !beyond && source.trim() !== '';
  const place = whole ? { rank, population, source: source.trim() } : null;
  const faultOf = (typed: string, value: number | null | undefined): string | undefined =>
    typed.trim() === '' || isPlace(value) ? undefined : t('indices.place-no-number');
  return (
    <LazyDialog title={t('indices.enter-place')} onClose={close}>
      <ActForm
        submit={() => call(savePlace, { params: { id: page.id }, body: { version: page.version, place } })}
        done={t('indices.saved')}
        refresh={refresh}
        close={close}
        ready={whole || (empty && page.place !== null)}
        label={t('indices.save')}
      >
        <p className="hint">{t('indices.place-hint')}</p>
        <TextField
          id="place-rank"
          label={t('indices.rank')}
          short
          inputMode="numeric"
          value={rankTyped}
          error={beyond ? t('indices.place-beyond', { count: population }) : faultOf(rankTyped, rank)}
          onChange={(event) => setRank(event.currentTarget.value)}
        />
        <TextField
          id="place-population"
          label={t('indices.population')}
          short
          inputMode="numeric"
          value={populationTyped}
          error={faultOf(populationTyped, population)}
          onChange={(event) => setPopulation(event.currentTarget.value)}
        />
        <SourceField id="place-source" source={source} onSource={setSource} />
      </ActForm>
    </LazyDialog>
  );
}
