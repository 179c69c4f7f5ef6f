import { formatVnd } from '../../../core/text/numbers.ts';
import type { CheckView, FiledView } from '../../../modules/onestop/portal/rules/filing-views.ts';
import type { PageContext } from '../../../modules/onestop/portal/rules/page-context.ts';
import { Note } from '../../shared/design/banner.tsx';
import { LinkButton } from '../../shared/design/button.tsx';
import { problemOf } from '../../shared/design/error-list.tsx';
import { Facts } from '../../shared/design/table.tsx';
import { useTranslate } from '../../shared/i18n/context.tsx';
import { Layout } from '../layout.tsx';
import { WizardPage } from '../wizard-frame.tsx';
import { instantText, nextText, problemTexts, titleText } from '../wording.ts';

/** Everything typed once more; each group can be changed; a tick before it is sent. */
export function CheckPage({ props, ctx }: { props: CheckView; ctx: PageContext }) {
  const t = useTranslate();
  const error = problemOf(problemTexts(t, props.frame.problems), 'cam-ket');
  return (
    <WizardPage
      ctx={ctx}
      frame={props.frame}
      heading={t('portal.check.heading')}
      help={t('portal.check.help')}
      submitLabel={t('portal.check.submit')}
    >
      {props.groups.map((group) => (
        <section key={group.id} id={group.id} className="check-group">
          <div className="check-group__head">
            <h2>{titleText(t, group.title)}</h2>
            <a href={group.changeHref}>
              {t('portal.check.change')}
              <span className="visually-hidden"> {titleText(t, group.title)}</span>
            </a>
          </div>
          {group.lines.length === 0 ? (
            <p>{t('portal.check.empty')}</p>
          ) : (
            <dl className="facts">
              {group.lines.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: labels of repeated groups are alike, lines never move
                <Line key={index} line={line} />
              ))}
            </dl>
          )}
        </section>
      ))}
      <section>
        <h2>{t('portal.check.next')}</h2>
        <Facts
          items={[
            { term: t('portal.check.desk'), value: props.deskName },
            { term: t('portal.procedure.limit'), value: props.limitText },
            ...props.fees.map((fee) => ({
              term: fee.name,
              value: fee.amountVnd === null ? t('portal.fee.at-desk') : formatVnd(fee.amountVnd),
            })),
          ]}
        />
      </section>
      <div className={error ? 'field field--error' : 'field'}>
        {error ? (
          <span className="error-message" id="cam-ket-error">
            {error}
          </span>
        ) : null}
        <div className="checkbox">
          <input
            type="checkbox"
            id="cam-ket"
            name="cam-ket"
            value="1"
            aria-describedby={error ? 'cam-ket-error' : undefined}
            aria-invalid={error ? true : undefined}
          />
          <label htmlFor="cam-ket">{t('portal.check.declare')}</label>
        </div>
      </div>
    </WizardPage>
  );
}

function Line({ line }: { line: { label: string; value: string } }) {
  return (
    <>
      <dt>{line.label}</dt>
      <dd>{line.value || '—'}</dd>
    </>
  );
}

/** It arrived: the code, what happens next and by when, what to keep. */
export function FiledPage({ props, ctx }: { props: FiledView; ctx: PageContext }) {
  const t = useTranslate();
  return (
    <Layout ctx={ctx} title={t('portal.filed.title')} robots={false}>
      <Note tone="success">
        <h1>{t('portal.filed.title')}</h1>
        <p>
          {t('portal.tracking.code')}: <strong className="code big-code">{props.code}</strong>
        </p>
      </Note>
      <Facts
        items={[
          { term: t('portal.dossier.procedure'), value: props.procedureName },
          { term: t('portal.dossier.unit'), value: props.unitName },
          { term: t('portal.filed.at'), value: instantText(props.submittedAt) },
        ]}
      />
      <h2>{t('portal.filed.next')}</h2>
      <p>{nextText(t, 'desk-answers', null)}</p>
      {props.guestKey ? (
        <Note tone="warning">
          <p>
            {t('portal.filed.key')}: <strong className="code">{props.guestKey}</strong>
          </p>
          <p>{t('portal.filed.key-text')}</p>
        </Note>
      ) : null}
      <p>{t('portal.filed.keep')}</p>
      {props.dossierHref ? <LinkButton href={props.dossierHref}>{t('portal.filed.open')}</LinkButton> : null}
    </Layout>
  );
}
