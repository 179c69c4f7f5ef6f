import { getDossierForecast } from '../../../../modules/onestop/forecast/contract.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { basisText, LevelTag, reasonText } from '../forecast/forecast-text.tsx';

/** Whether the dossier will likely be late, and why; nothing where there is nothing to foresee. */
export function ForecastPart({ id }: { id: string }) {
  const t = useTranslate();
  const query = useCall(getDossierForecast, { params: { id } });
  return (
    <Loaded query={query}>
      {({ forecast }) =>
        forecast === null ? null : (
          <section className="panel" aria-labelledby="forecast-title">
            <h2 id="forecast-title">{t('forecast.dossier-title')}</h2>
            <p>
              <LevelTag level={forecast.level} /> {reasonText(forecast, t)}
              <span className="hint">{basisText(forecast, t)}</span>
            </p>
          </section>
        )
      }
    </Loaded>
  );
}
