import {
  listRegisterResults,
  type RegisterFieldView,
  type ResultChoiceType,
} from '../../../../modules/insight/registers/contract.ts';
import { readResult, writeResult } from '../../../../modules/insight/registers/rules/result.ts';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { given, useCall } from '../../data/use-call.ts';
import { useLater } from '../../data/use-later.ts';
import { TypeAhead } from '../../ui/type-ahead.tsx';
import { fieldId } from './words.ts';

/**
 * Chooses the result a line is about, among those of the unit and below that the reader may see. Typing lets go of what was
 * chosen; a text nobody chose a result for is sent as it is and refused by the server.
 */
export function ResultField({
  place,
  field,
  value,
  error,
  onValue,
}: {
  place: { readonly registerId: string; readonly unitId: string; readonly periodId: string };
  field: RegisterFieldView;
  /** `<code> <label>`, or what is being typed. */
  value: string;
  error: string | undefined;
  onValue: (value: string) => void;
}) {
  const t = useTranslate();
  const chosen = readResult(value);
  const q = useLater(value.trim());
  const { registerId, unitId, periodId } = place;
  const found = useCall(
    listRegisterResults,
    { params: { id: registerId }, query: { unitId, periodId, ...given({ q: q.slice(0, 100) }) } },
    { enabled: unitId !== '' && !chosen && !readResult(q), keep: true },
  );
  const items = chosen ? [] : (found.data?.rows ?? []);
  const loading = !chosen && (found.isFetching || value.trim() !== q);
  const none = !chosen && !loading && found.isSuccess && items.length === 0;
  const hint = none ? t('registers.result.none') : field.hint || undefined;
  return (
    <TypeAhead<ResultChoiceType>
      id={fieldId(field.key)}
      label={field.label}
      hint={chosen ? t('registers.result.chosen', { result: chosen.label || chosen.code }) : hint}
      error={error}
      optional={!field.required}
      text={chosen ? chosen.label || chosen.code : value}
      onText={onValue}
      items={items}
      itemKey={(row) => row.code}
      renderItem={(row) => row.label}
      onPick={(row) => onValue(writeResult(row))}
      loading={loading}
      mustPick
    />
  );
}
