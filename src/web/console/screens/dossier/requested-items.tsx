import type { DossierPageType } from '../../../../modules/onestop/dossiers/contract.ts';
import { Button } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import type { ItemDraft } from './command-draft.ts';

/** What is missing: papers of the dossier or anything else, each with what to do about it. */
export function RequestedItems({
  items,
  onItems,
  page,
  error,
}: {
  items: readonly ItemDraft[];
  onItems: (items: ItemDraft[]) => void;
  page: DossierPageType;
  error: string | undefined;
}) {
  const t = useTranslate();
  const options = page.components.map((component) => ({ value: component.code, label: component.name }));
  const edit = (index: number, change: Partial<ItemDraft>) =>
    onItems(items.map((item, at) => (at === index ? { ...item, ...change } : item)));
  return (
    <fieldset className={error ? 'field field--error' : 'field'}>
      <legend>{t('console.action.items')}</legend>
      {error ? (
        <span className="error-message" role="alert">
          {error}
        </span>
      ) : null}
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and are only added at the end
        <div className="item-row" key={index}>
          <Select
            id={`item-${index}-paper`}
            label={t('console.action.item-paper', { number: index + 1 })}
            value={item.code}
            onChange={(code) =>
              edit(index, { code, name: options.find((option) => option.value === code)?.label ?? '' })
            }
            options={options}
            empty={t('console.action.item-other')}
          />
          {item.code === '' ? (
            <TextField
              id={`item-${index}-name`}
              label={t('console.action.item-name')}
              maxLength={500}
              value={item.name}
              onChange={(event) => edit(index, { name: event.currentTarget.value })}
            />
          ) : null}
          <TextField
            id={`item-${index}-what`}
            label={t('console.action.item-what')}
            maxLength={2000}
            value={item.what}
            onChange={(event) => edit(index, { what: event.currentTarget.value })}
          />
          {items.length > 1 ? (
            <Button type="button" look="link" onClick={() => onItems(items.filter((_, at) => at !== index))}>
              {t('console.action.item-remove', { number: index + 1 })}
            </Button>
          ) : null}
        </div>
      ))}
      <Button
        type="button"
        look="secondary"
        small
        onClick={() => onItems([...items, { code: '', name: '', what: '' }])}
      >
        {t('console.action.item-add')}
      </Button>
    </fieldset>
  );
}
