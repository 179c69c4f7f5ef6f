import { type ReactNode, useState } from 'react';
import type { Finding } from '../../../../modules/insight/reports/rules/form.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { TextField } from '../../../shared/design/field.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Tick } from '../../ui/tick.tsx';

const findingsAt = (findings: readonly Finding[], path: string): readonly Finding[] =>
  findings.filter((one) => one.path === path || one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`));

/** What is wrong at a place of the form or below it. */
export function FindingsAt({ findings, path }: { findings: readonly Finding[]; path: string }) {
  const here = findingsAt(findings, path);
  if (here.length === 0) return null;
  return (
    <div className="error-message" role="alert">
      <ul>
        {here.map((one) => (
          <li key={`${one.path} ${one.message}`}>{one.message}</li>
        ))}
      </ul>
    </div>
  );
}

/** A list typed in one line: `4, 5, 6`. */
export function ListField({
  id,
  label,
  values,
  onValues,
  hint,
}: {
  id: string;
  label: string;
  values: readonly string[] | undefined;
  onValues: (values: string[]) => void;
  hint?: string;
}) {
  return (
    <TextField
      key={`${id} ${(values ?? []).join()}`}
      id={id}
      label={label}
      {...(hint ? { hint } : {})}
      defaultValue={(values ?? []).join(', ')}
      onKeyDown={(event) => {
        // Enter would send the form with the list as it stood before.
        if (event.key !== 'Enter') return;
        event.preventDefault();
        event.currentTarget.blur();
      }}
      onBlur={(event) =>
        onValues(
          event.currentTarget.value
            .split(/[,;]/)
            .map((each) => each.replaceAll(/[()]/g, '').trim())
            .filter(Boolean),
        )
      }
    />
  );
}

/** Several of a few. */
export function Choices<T extends string>({
  id,
  legend,
  options,
  chosen,
  onChosen,
}: {
  id: string;
  legend: string;
  options: readonly { readonly value: T; readonly label: string }[];
  chosen: readonly T[];
  onChosen: (chosen: T[]) => void;
}) {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <Tick
          key={value}
          id={`${id}-${value}`}
          label={label}
          checked={chosen.includes(value)}
          onChange={(on) =>
            onChosen(
              on
                ? options.map((one) => one.value).filter((one) => one === value || chosen.includes(one))
                : chosen.filter((one) => one !== value),
            )
          }
        />
      ))}
    </fieldset>
  );
}

/**
 * Parts of a list: each in a frame of its own, moved up and down, taken out, added at the end and open then. A folded one
 * with something wrong says so.
 */
export function Parts<T>({
  id,
  path = '',
  findings = [],
  legend,
  parts,
  nameOf,
  onParts,
  made,
  addLabel,
  locked,
  children,
}: {
  id: string;
  /** Of the list in the definition: `columns`. Left out with `findings`: the parts tell what is wrong themselves. */
  path?: string;
  findings?: readonly Finding[];
  legend: string;
  parts: readonly T[];
  nameOf: (part: T) => string;
  onParts: (parts: T[]) => void;
  made: () => T;
  addLabel: string;
  locked: boolean;
  children: (part: T, change: (part: T) => void, at: number) => ReactNode;
}) {
  const t = useTranslate();
  const [added, setAdded] = useState<number>();
  const replaced = (at: number, part: T): T[] => parts.map((one, nth) => (nth === at ? part : one));
  const moved = (at: number, to: number): T[] => {
    const next = parts.filter((_, nth) => nth !== at);
    const [part] = parts.slice(at, at + 1);
    if (part !== undefined) next.splice(to, 0, part);
    return next;
  };
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{legend}</h2>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name of their own that stays while it is typed
        <details key={at} className="panel" open={at === added}>
          <summary>
            {nameOf(part)}{' '}
            {findingsAt(findings, `${path}[${at}]`).length > 0 ? (
              <Tag tone="red">{t('reports.forms.wrong')}</Tag>
            ) : null}
          </summary>
          <FindingsAt findings={findings} path={`${path}[${at}]`} />
          {children(part, (next) => onParts(replaced(at, next)), at)}
          {locked ? null : (
            <ButtonRow>
              {at > 0 ? (
                <Button type="button" look="link" onClick={() => onParts(moved(at, at - 1))}>
                  {t('reports.forms.up')}
                </Button>
              ) : null}
              {at < parts.length - 1 ? (
                <Button type="button" look="link" onClick={() => onParts(moved(at, at + 1))}>
                  {t('reports.forms.down')}
                </Button>
              ) : null}
              <Button type="button" look="link" onClick={() => onParts(parts.filter((_, nth) => nth !== at))}>
                {t('reports.forms.remove')}
              </Button>
            </ButtonRow>
          )}
        </details>
      ))}
      {locked ? null : (
        <Button
          type="button"
          look="secondary"
          small
          onClick={() => {
            setAdded(parts.length);
            onParts([...parts, made()]);
          }}
        >
          {addLabel}
        </Button>
      )}
    </section>
  );
}
