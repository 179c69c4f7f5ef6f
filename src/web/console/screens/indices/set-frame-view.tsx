import { type ReactNode, useState } from 'react';
import type { IndicatorSet, Setting } from '../../../../core/scoring/index.ts';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Facts } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';
import { BandsDialog, newSetting, PartsDialog, SettingDialog } from './frame-dialogs.tsx';
import {
  BANDS_OF,
  type BandsOf,
  optionOfSet,
  replaceable,
  setOfOption,
  withBands,
  withOption,
  withSetBands,
  withSetting,
} from './set-frame.ts';
import { maximum, percent } from './words.ts';

type Finding = { readonly path: string; readonly message: string };
type Frame = {
  readonly set: IndicatorSet;
  readonly findings: readonly Finding[];
  readonly mayEdit: boolean;
  readonly change: (set: IndicatorSet) => void;
};
/** Draws the criteria of a reading as the tree of the set is drawn. */
type DrawTree = (set: IndicatorSet, change: (set: IndicatorSet) => void) => ReactNode;

/** What is wrong at one place. */
export function At({ findings, path }: { findings: readonly Finding[]; path: string }) {
  return findings
    .filter((finding) => finding.path === path)
    .map((finding) => (
      <span key={finding.message} className="error-message">
        {finding.message}
      </span>
    ));
}

/** Parts with their weights, and bands: what stands around the tree. */
export function SetFrame({ set, findings, mayEdit, change }: Frame) {
  const t = useTranslate();
  const [open, setOpen] = useState<'parts' | BandsOf>();
  const { parts = [] } = set;
  const close = (): void => setOpen(undefined);
  if (!mayEdit && parts.length === 0 && set.bands === undefined) return null;
  return (
    <section className="panel" aria-labelledby="frame-title">
      <h2 id="frame-title">{t('indices.frame')}</h2>
      <Facts
        items={[
          ...parts.map((part) => ({
            term: part.name,
            value: (
              <>
                {percent(part.weight * 100, t)} {part.derived ? <Tag tone="amber">{t('indices.derived')}</Tag> : null}{' '}
                <At findings={findings} path={`/${part.id}`} />
              </>
            ),
          })),
          ...BANDS_OF.map((of) => ({
            term: t(`indices.bands-of.${of}`),
            value: (
              <>
                <BandList bands={set.bands?.[of]} />{' '}
                {set.bands?.derived && set.bands[of] ? <Tag tone="amber">{t('indices.derived-bands')}</Tag> : null}{' '}
                <At findings={findings} path={`/bands/${of}`} />
              </>
            ),
          })),
        ]}
      />
      <At findings={findings} path="/parts" />
      {mayEdit ? (
        <ButtonRow>
          <Button type="button" small look="secondary" onClick={() => setOpen('parts')}>
            {t('indices.edit-parts')}
          </Button>
          {BANDS_OF.map((of) => (
            <Button key={of} type="button" small look="secondary" onClick={() => setOpen(of)}>
              {t(`indices.edit-bands.${of}`)}
            </Button>
          ))}
        </ButtonRow>
      ) : null}
      {open === 'parts' ? <PartsDialog set={set} change={change} close={close} /> : null}
      {open === 'total' || open === 'domain' ? (
        <BandsDialog
          title={t(`indices.bands-of.${open}`)}
          bands={set.bands?.[open]}
          change={(rows) => change(withSetBands(set, withBands(set.bands, open, rows)))}
          close={close}
        />
      ) : null}
    </section>
  );
}

function BandList({ bands }: { bands: readonly { min: number; label: string }[] | undefined }) {
  const t = useTranslate();
  if (!bands) return t('indices.no-bands');
  return bands.map(({ min, label }) => t('indices.band-from', { label, min: maximum(min) })).join('; ');
}

/** Disputed places: readings, what each puts in the place of criteria and bands, and which holds where nobody chooses. */
export function SetSettings({ set, findings, mayEdit, change, tree }: Frame & { tree: DrawTree }) {
  const t = useTranslate();
  const [open, setOpen] = useState<Setting>();
  const { settings = [] } = set;
  if (!mayEdit && settings.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="settings-title">
      <h2 id="settings-title">{t('indices.settings')}</h2>
      <p className="hint">{t('indices.settings-of-set')}</p>
      {settings.map((setting) => (
        <section key={setting.id} aria-labelledby={`setting-${setting.id}`}>
          <h3 id={`setting-${setting.id}`}>{setting.name}</h3>
          {setting.note ? <p className="hint">{setting.note}</p> : null}
          <At findings={findings} path={`/settings/${setting.id}`} />
          {mayEdit ? (
            <ButtonRow>
              <Button
                type="button"
                small
                look="secondary"
                aria-label={t('indices.edit-named', { name: setting.name })}
                onClick={() => setOpen(setting)}
              >
                {t('indices.edit')}
              </Button>
              <Button
                type="button"
                small
                look="link"
                aria-label={t('indices.remove-named', { name: setting.name })}
                onClick={() => change(withSetting(set, setting.id, undefined))}
              >
                {t('indices.remove')}
              </Button>
            </ButtonRow>
          ) : null}
          <ul>
            {setting.options.map((option) => (
              <li key={option.id}>
                {option.name} {option.id === setting.chosen ? <Tag>{t('indices.setting-default')}</Tag> : null}
                {option.note ? <span className="hint">{option.note}</span> : null}
                <At findings={findings} path={`/settings/${setting.id}/${option.id}`} />
                <OptionContent
                  {...{ set, mayEdit, option, tree }}
                  change={(next) => change(withOption(set, setting.id, next))}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {mayEdit ? (
        <Button type="button" small look="secondary" onClick={() => setOpen(newSetting(set))}>
          {t('indices.add-setting')}
        </Button>
      ) : null}
      {open ? (
        <SettingDialog
          setting={open}
          change={(setting) => change(withSetting(set, setting.id, setting))}
          close={() => setOpen(undefined)}
        />
      ) : null}
    </section>
  );
}

type Option = Setting['options'][number];

function OptionContent({
  set,
  option,
  mayEdit,
  change,
  tree,
}: {
  set: IndicatorSet;
  option: Option;
  mayEdit: boolean;
  change: (option: Option) => void;
  tree: DrawTree;
}) {
  const t = useTranslate();
  const [shown, setShown] = useState(false);
  const [open, setOpen] = useState<BandsOf>();
  const { bands: _, ...plain } = option;
  const same = option.criteria === undefined && option.bands === undefined;
  if (same && !mayEdit) return null;
  return (
    <>
      <Button
        type="button"
        small
        look="link"
        aria-expanded={shown}
        aria-label={t('indices.option-content-named', { name: option.name })}
        onClick={() => setShown(!shown)}
      >
        {t('indices.option-content')}
      </Button>
      {shown ? (
        <div className="panel">
          {same ? <p className="hint">{t('indices.option-same')}</p> : null}
          {option.criteria ? tree(setOfOption(set, option), (edited) => change(optionOfSet(option, edited))) : null}
          {mayEdit ? (
            <Select
              id={`replace-${option.id}`}
              label={t('indices.replace')}
              value=""
              empty={t('indices.choose')}
              onChange={(id) => {
                const found = replaceable(set, option).find((each) => each.id === id);
                if (found) change({ ...option, criteria: [...(option.criteria ?? []), found] });
              }}
              options={replaceable(set, option).map((each) => ({ value: each.id, label: each.name }))}
            />
          ) : null}
          {option.bands ? (
            <Facts
              items={BANDS_OF.map((of) => ({
                term: t(`indices.bands-of.${of}`),
                value: <BandList bands={option.bands?.[of]} />,
              }))}
            />
          ) : null}
          {mayEdit ? (
            <ButtonRow>
              {option.bands ? (
                <>
                  {BANDS_OF.map((of) => (
                    <Button key={of} type="button" small look="secondary" onClick={() => setOpen(of)}>
                      {t(`indices.edit-bands.${of}`)}
                    </Button>
                  ))}
                  <Button type="button" small look="link" onClick={() => change(plain)}>
                    {t('indices.bands-as-set')}
                  </Button>
                </>
              ) : (
                <Button
                  type="button"
                  small
                  look="secondary"
                  onClick={() => change({ ...option, bands: set.bands ?? {} })}
                >
                  {t('indices.bands-of-option')}
                </Button>
              )}
            </ButtonRow>
          ) : null}
        </div>
      ) : null}
      {open ? (
        <BandsDialog
          title={t(`indices.bands-of.${open}`)}
          bands={option.bands?.[open]}
          change={(rows) => change({ ...option, bands: withBands(option.bands, open, rows) })}
          close={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}
