import type { VisibleItem, VisibleSection } from '../../../core/forms/evaluate.ts';
import { inputId, inputName, operation } from '../../../core/forms/paths.ts';
import type { VisibleList } from '../../../core/forms/visible.ts';
import { Button } from '../design/button.tsx';
import { useTranslate } from '../i18n/context.tsx';
import { errorAt, type FormBinding } from './binding.ts';
import { FieldControl } from './field-control.tsx';

/**
 * The fields of evaluated sections (`evaluateForm(…).visible`), without the form element around them. Pure: renders
 * alike on the server and in the browser; see FormBinding for posting by HTML and for controlled use.
 */
export function FormFields({ sections, binding }: { sections: readonly VisibleSection[]; binding: FormBinding }) {
  return sections.map((section) => (
    <section key={section.section.id} aria-labelledby={`${binding.idPrefix}-${section.section.id}-title`}>
      <h2 id={`${binding.idPrefix}-${section.section.id}-title`}>{section.section.title}</h2>
      {section.section.help ? <p>{section.section.help}</p> : null}
      <SectionFields section={section} binding={binding} />
    </section>
  ));
}

/** The fields of one section, where the page itself bears the section's title. */
export function SectionFields({ section, binding }: { section: VisibleSection; binding: FormBinding }) {
  return section.nodes.map((node) =>
    node.kind === 'list' ? (
      <ListControl key={node.path} list={node} binding={binding} />
    ) : (
      <FieldControl key={node.path} visible={node} binding={binding} />
    ),
  );
}

function ListControl({ list, binding }: { list: VisibleList; binding: FormBinding }) {
  const t = useTranslate();
  const id = inputId(binding.idPrefix, list.path);
  const error = errorAt(binding, list.path);
  const { onOperation } = binding;
  const Heading = binding.listHeading === 2 ? 'h2' : 'h3';
  return (
    <div className={error ? 'field field--error' : 'field'} id={id} tabIndex={-1}>
      {list.group ? <Heading>{list.group.label}</Heading> : null}
      {list.group?.help ? <p className="hint">{list.group.help}</p> : null}
      {error ? (
        <p className="error-message" id={`${id}-error`}>
          <span className="visually-hidden">{t('ui.field.error')}: </span>
          {error}
        </p>
      ) : null}
      <input type="hidden" name={inputName(list.path)} value="" />
      {list.items.map((item, index) => (
        <Item key={item.path} item={item} list={list} index={index} binding={binding} />
      ))}
      {list.canAdd ? (
        <Button
          look="secondary"
          type={onOperation ? 'button' : 'submit'}
          name="op"
          value={operation('add', list.path)}
          onClick={onOperation ? () => onOperation({ kind: 'add', listId: list.path }) : undefined}
        >
          {t('forms.list.add', { item: list.itemLabel.charAt(0).toLocaleLowerCase('vi') + list.itemLabel.slice(1) })}
        </Button>
      ) : null}
    </div>
  );
}

function Item({
  item,
  list,
  index,
  binding,
}: {
  item: VisibleItem;
  list: VisibleList;
  index: number;
  binding: FormBinding;
}) {
  const t = useTranslate();
  const { onOperation } = binding;
  return (
    <fieldset className="form-item">
      <legend>{item.title}</legend>
      {item.fields.map((field) => (
        <FieldControl key={field.path} visible={field} binding={binding} />
      ))}
      {list.canRemove ? (
        <Button
          look="secondary"
          small
          type={onOperation ? 'button' : 'submit'}
          name="op"
          value={operation('remove', list.path, index)}
          onClick={onOperation ? () => onOperation({ kind: 'remove', listId: list.path, index }) : undefined}
        >
          {t('forms.list.remove', { item: item.title })}
        </Button>
      ) : null}
    </fieldset>
  );
}
