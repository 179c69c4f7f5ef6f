import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Static } from 'typebox';
import {
  discardRegisterDesign,
  getRegisterDesign,
  listRegisterDesigns,
  publishRegisterDesign,
  saveRegisterDesign,
} from '../../../../modules/insight/registers/contract-design.ts';
import { lintDesign } from '../../../../modules/insight/registers/rules/design.ts';
import { placeInWords } from '../../../../modules/insight/registers/rules/design-place.ts';
import type { RegisterDefinition } from '../../../../modules/insight/registers/rules/register.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { saveText } from '../../data/csv.ts';
import { showDay } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { mayDo, useMe } from '../../session.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FindingsNote } from '../../ui/findings-note.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PublishDraft } from '../../ui/publish-draft.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { Unsaved } from '../../ui/unsaved.tsx';
import { CheckParts } from './check-parts.tsx';
import { FieldParts } from './field-parts.tsx';
import { GeneralFields } from './general-fields.tsx';
import { MeasureParts } from './measure-parts.tsx';
import type { PartProps } from './part-props.ts';
import { Preview } from './preview.tsx';

type Loading = Static<typeof getRegisterDesign.reply>;
const TONES = { content: 'grey', draft: 'amber', published: 'green' } as const;

/** One design of a register: a draft is changed, checked as one types, saved and published; what is published or of the content is only shown. */
export default function RegisterDesign() {
  const t = useTranslate();
  const { id = '' } = useParams({ strict: false });
  const design = useCall(getRegisterDesign, { params: { id } });
  return (
    <Loaded query={design} title={t('designer.title')}>
      {(loaded) => (
        <>
          <ScreenHead title={loaded.name}>
            <Link to="/thiet-ke-so">{t('designer.back')}</Link>
          </ScreenHead>
          <Designer key={`${id} ${loaded.version}`} id={id} design={loaded} />
        </>
      )}
    </Loaded>
  );
}

function Designer({ id, design }: { id: string; design: Loading }) {
  const t = useTranslate();
  const me = useMe();
  const locked = design.state !== 'draft';
  // The server took both in by the same schema.
  const [register, setRegister] = useState(design.definition as RegisterDefinition);
  const before = design.before as RegisterDefinition | null;
  const [changed, setChanged] = useState(false);
  const { act, busy, error } = useAct([getRegisterDesign, listRegisterDesigns]);
  const findings = locked ? [] : lintDesign(register, before);
  const change = (next: RegisterDefinition): void => {
    setRegister(next);
    setChanged(true);
  };
  const save = (): Promise<boolean> => {
    const body = { version: design.version, definition: { ...register } };
    return act(() => call(saveRegisterDesign, { params: { id }, body }), t('designer.saved'));
  };
  const parts = { register, onChange: change, findings, locked };
  return (
    <>
      <p>
        <Tag tone={TONES[design.state]}>{t(`designer.states.${design.state}`)}</Tag>{' '}
        {design.validFrom ? t('designer.from-day', { day: showDay(design.validFrom) }) : null}{' '}
        {design.lastDay ? t('designer.until', { day: showDay(design.lastDay) }) : null}
      </p>
      {locked ? (
        <Note>
          {t(design.state === 'content' ? 'designer.locked-content' : 'designer.locked')}{' '}
          {mayDo(me, 'registers.read') ? (
            <Link to="/so-nhap-tay/$id" params={{ id: design.registerId }}>
              {t('designer.open')}
            </Link>
          ) : null}
        </Note>
      ) : null}
      <Unsaved changed={changed} />
      {before ? <Note>{t('designer.follows', { day: showDay(before.validFrom) })}</Note> : null}
      <form
        noValidate
        aria-label={t('designer.design')}
        onSubmit={(event) => {
          event.preventDefault();
          if (findings.length === 0) void save();
        }}
      >
        <fieldset disabled={locked} className="plain-fieldset">
          <legend className="visually-hidden">{t('designer.design')}</legend>
          <GeneralFields {...parts} follows={before !== null} />
          <FieldParts {...parts} />
          <CheckParts {...parts} />
          <MeasureParts {...parts} />
        </fieldset>
        {locked ? null : <Findings register={register} findings={findings} />}
        <FailureNote error={error} />
        <ButtonRow>
          {locked ? null : <Button disabled={busy || !changed || findings.length > 0}>{t('designer.save')}</Button>}
          <a className="button button--secondary" href={`/api/register-designs/${id}/template.xlsx`}>
            {t('designer.template')}
          </a>
          <Button type="button" look="secondary" onClick={() => saveText(`${design.registerId}.yaml`, design.yaml)}>
            {t('designer.to-file')}
          </Button>
        </ButtonRow>
        {changed ? <p className="hint">{t('designer.files-hint')}</p> : null}
      </form>
      <Preview register={register} />
      {locked ? null : <Publish id={id} version={design.version} disabled={changed || findings.length > 0} />}
    </>
  );
}

function Findings({ register, findings }: Pick<PartProps, 'register' | 'findings'>) {
  const t = useTranslate();
  return (
    <>
      <h2>{t('designer.checked')}</h2>
      <div aria-live="polite">
        {findings.length > 0 ? (
          <FindingsNote
            title={t('designer.findings', { count: findings.length })}
            findings={findings.map((one) => `${placeInWords(one.path, register)}: ${one.message}`)}
          />
        ) : (
          <p>{t('designer.sound')}</p>
        )}
      </div>
    </>
  );
}

function Publish({ id, version, disabled }: { id: string; version: number; disabled: boolean }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const { act, ...acting } = useAct([getRegisterDesign, listRegisterDesigns]);
  const publish = (validFrom: string): Promise<boolean> =>
    act(
      () => call(publishRegisterDesign, { params: { id }, body: { version, validFrom } }),
      t('designer.published-now'),
    );
  const discard = async (): Promise<void> => {
    const send = () => call(discardRegisterDesign, { params: { id }, body: { version } });
    if (await act(send, t('designer.discarded'))) void navigate({ to: '/thiet-ke-so', ignoreBlocker: true });
  };
  return (
    <PublishDraft
      texts={{
        publish: t('designer.publish'),
        hint: t(disabled ? 'designer.save-first' : 'designer.publish-hint'),
        validFrom: t('designer.valid-from'),
        discard: t('designer.discard'),
      }}
      disabled={disabled}
      acting={acting}
      onPublish={(day) => void publish(day)}
      onDiscard={() => void discard()}
    />
  );
}
