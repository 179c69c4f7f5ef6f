import { Link } from '@tanstack/react-router';
import type { ReplyOf } from '../../../../core/contract/endpoint.ts';
import { getSystemStatus, retryDeliveries } from '../../../../modules/foundation/operation/contract.ts';
import { PARTS } from '../../../../modules/foundation/operation/rules/finding.ts';
import { Note } from '../../../shared/design/banner.tsx';
import { Button, ButtonRow } from '../../../shared/design/button.tsx';
import { Facts, Table } from '../../../shared/design/table.tsx';
import { Tag } from '../../../shared/design/tag.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { call } from '../../api.ts';
import { showInstant, showShortInstant } from '../../data/format.ts';
import { useAct } from '../../data/use-act.ts';
import { useCall } from '../../data/use-call.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScreenHead } from '../../ui/screen-head.tsx';
import { TestMail } from './test-mail.tsx';

type Status = ReplyOf<typeof getSystemStatus>;
type Finding = Status['findings'][number];

const TONES = { ok: 'green', warning: 'amber', failed: 'red' } as const;

/** How the installation fares, what is wrong and how to mend it. */
export default function System() {
  const t = useTranslate();
  const status = useCall(getSystemStatus, {}, { refetchEvery: 60_000 });
  return (
    <>
      <ScreenHead title={t('console.system.title')}>
        <Button type="button" look="secondary" small disabled={status.isFetching} onClick={() => void status.refetch()}>
          {t('console.system.again')}
        </Button>
      </ScreenHead>
      <Loaded query={status}>{(data) => <StatusView data={data} />}</Loaded>
    </>
  );
}

function StatusView({ data }: { data: Status }) {
  const t = useTranslate();
  const open = data.findings.filter(({ status }) => status !== 'ok');
  return (
    <>
      <p className="hint">{t('console.system.checked', { when: showInstant(data.checkedAt) })}</p>
      {open.length === 0 ? (
        <Note tone="success">
          <p>{t('console.system.all-well')}</p>
        </Note>
      ) : (
        <ToDo findings={open} />
      )}
      <Acts findings={open} />
      {PARTS.map((part) => (
        <PartOf key={part} part={part} findings={data.findings.filter((one) => one.part === part)} />
      ))}
      <TestMail />
      <Timers timers={data.timers} />
      <h2>{t('console.system.versions')}</h2>
      <Facts items={data.versions.map(({ name, value }) => ({ term: name, value: showInstant(value) || value }))} />
      <h2>{t('console.system.settings')}</h2>
      <p className="hint">{t('console.system.settings-hint')}</p>
      <Facts items={data.settings.map(({ name, value }) => ({ term: name, value }))} />
    </>
  );
}

/** What wants a person, the worst first, each with the way to mend it. */
function ToDo({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslate();
  const worstFirst = findings.toSorted((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'));
  return (
    <section aria-labelledby="to-do-title">
      <h2 id="to-do-title">{t('console.system.to-do', { count: findings.length })}</h2>
      <ul className="plain-list">
        {worstFirst.map((finding) => (
          <li key={finding.id} className={finding.status === 'failed' ? 'note note--danger' : 'note note--warning'}>
            <p>
              <Tag tone={TONES[finding.status]}>{t(`console.system.${finding.status}`)}</Tag> {finding.text}
            </p>
            {finding.advice ? (
              <p>
                <strong>{t('console.system.advice')}:</strong> {finding.advice}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Acts({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslate();
  const { act, busy } = useAct([getSystemStatus]);
  return (
    <ButtonRow>
      {findings.some(({ id }) => id === 'outbox.dead') ? (
        <Button
          type="button"
          small
          disabled={busy}
          onClick={() => void act(() => call(retryDeliveries, {}), t('console.system.retried'), { toastError: true })}
        >
          {t('console.system.retry')}
        </Button>
      ) : null}
      <Link to="/quan-tri/chua-kiem-tra">{t('console.system.unverified')}</Link>
      <Link to="/quan-tri/gui-thong-bao">{t('console.system.deliveries')}</Link>
    </ButtonRow>
  );
}

function PartOf({ part, findings }: { part: (typeof PARTS)[number]; findings: readonly Finding[] }) {
  const t = useTranslate();
  if (findings.length === 0) return null;
  return (
    <section aria-labelledby={`part-${part}`}>
      <h2 id={`part-${part}`}>{t(`console.system.part.${part}`)}</h2>
      <Table
        caption={t(`console.system.part.${part}`)}
        hideCaption
        rows={findings}
        rowKey={(row) => row.id}
        columns={[
          { id: 'text', label: t('console.system.what'), rowHead: true, cell: (row) => row.text },
          {
            id: 'status',
            label: t('console.system.state'),
            cell: (row) => <Tag tone={TONES[row.status]}>{t(`console.system.${row.status}`)}</Tag>,
          },
        ]}
      />
    </section>
  );
}

/** What a job in the background does; its code where nobody wrote it down. */
function jobText(t: ReturnType<typeof useTranslate>, name: string): string {
  const key = `console.system.job.${name}`;
  const text = t(key);
  return text === key ? name : text;
}

function Timers({ timers }: { timers: Status['timers'] }) {
  const t = useTranslate();
  const pace = (everyMs: number): string =>
    everyMs < 60_000
      ? t('console.system.seconds', { count: everyMs / 1000 })
      : t('console.system.minutes', { count: Math.round(everyMs / 60_000) });
  return (
    <section aria-labelledby="timers-title">
      <h2 id="timers-title">{t('console.system.timers')}</h2>
      <Table
        caption={t('console.system.timers')}
        hideCaption
        rows={timers}
        rowKey={(row) => row.name}
        columns={[
          {
            id: 'name',
            label: t('console.system.timer'),
            rowHead: true,
            cell: (row) => jobText(t, row.name),
          },
          { id: 'every', label: t('console.system.every'), numeric: true, cell: (row) => pace(row.everyMs) },
          { id: 'runs', label: t('console.system.runs'), numeric: true, cell: (row) => row.runs },
          {
            id: 'last',
            label: t('console.system.last-run'),
            cell: (row) =>
              row.lastEndedAt
                ? `${showShortInstant(row.lastEndedAt)}, ${t('console.system.took', { ms: row.lastMs ?? 0 })}`
                : t('console.system.not-run'),
          },
          {
            id: 'state',
            label: t('console.system.state'),
            cell: (row) => (
              <>
                <Tag tone={row.lastError ? 'red' : 'green'}>
                  {t(row.lastError ? 'console.system.failed' : 'console.system.ok')}
                </Tag>
                {row.failures > 0 ? (
                  <span className="hint">{t('console.system.failures', { count: row.failures })}</span>
                ) : null}
                {row.lastError ? <span className="hint">{row.lastError}</span> : null}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
