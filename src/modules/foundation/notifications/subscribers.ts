import { formatDay, formatInstant } from '../../../core/time/index.ts';
import type { Db } from '../../../platform/db/open.ts';
import type { DomainEvent, Subscriber } from '../../../platform/events/outbox.ts';
import { getNoticeContent } from './content.ts';
import type { FindNoticeFacts, NoticeFacts } from './ports.ts';
import { queueMessage } from './queue.ts';
import { maskNumbers, type NoticeTemplate, type NoticeValue, renderNotice } from './rules/notice-template.ts';

export type DossierNoticesDeps = {
  readonly findNoticeFacts: FindNoticeFacts;
  /** Address of the tracking page, e.g. `https://…/tra-cuu?code=…`. Carries nothing but the code. */
  readonly trackingUrl: (code: string) => string;
};

/**
 * Tells applicants and holders what happened to a dossier. Listens to `dossier.*`; payload `{dossierId, …}`. A topic
 * without a template tells nobody. An event delivered twice is told once.
 */
export function createDossierNotices(deps: DossierNoticesDeps): Subscriber {
  return {
    name: 'notifications.dossier',
    topics: ['dossier.*'],
    async handleMany(events, trx) {
      const told = events.flatMap((event) => {
        const templates = getNoticeContent().templatesOf(event.topic);
        const { dossierId } = event.payload;
        return templates.length === 0 || typeof dossierId !== 'string' ? [] : [{ event, dossierId, templates }];
      });
      if (told.length === 0) return;
      const known = await deps.findNoticeFacts([...new Set(told.map((each) => each.dossierId))], trx);
      for (const { event, dossierId, templates } of told) {
        const facts = known.get(dossierId);
        if (!facts || !hasReader(facts)) continue;
        const values = noticeValues(facts, event.occurredAt, deps.trackingUrl(facts.code));
        for (const template of templates) {
          if (template.channels && !template.channels.includes(facts.channel)) continue;
          await tell(trx, event, dossierId, template, facts, values);
        }
      }
    },
  };
}

/** Somebody to tell: most dossiers of the desk have neither account nor address, nor a person who holds them. */
const hasReader = (facts: NoticeFacts): boolean =>
  facts.citizenAccountId !== null || facts.applicantEmail !== null || facts.holderStaffId !== null;

async function tell(
  trx: Db,
  event: DomainEvent,
  dossierId: string,
  template: NoticeTemplate,
  facts: NoticeFacts,
  values: Readonly<Record<string, NoticeValue>>,
): Promise<void> {
  const name = `${template.topic}/${template.audience}`;
  const subject = renderNotice(template.subject, values);
  const body = renderNotice(template.body, values);
  const message = { subject, template: name, dossierId, unitId: facts.receivedByUnitId, at: event.occurredAt };
  const keyOf = (channel: string): string => `${event.id}:${name}:${channel}`;
  if (template.audience === 'holder') {
    if (facts.holderStaffId === null) return;
    const recipient = `staff:${facts.holderStaffId}`;
    await queueMessage(trx, { ...message, body, recipient, channel: 'app', dedupeKey: keyOf('app') });
    return;
  }
  const recipient = facts.citizenAccountId ? `citizen:${facts.citizenAccountId}` : `dossier:${dossierId}`;
  if (facts.citizenAccountId)
    await queueMessage(trx, { ...message, body, recipient, channel: 'app', dedupeKey: keyOf('app') });
  if (facts.applicantEmail === null) return;
  const mail = renderNotice(getNoticeContent().layout.mail, { ...values, body });
  const toAddress = facts.applicantEmail.trim();
  await queueMessage(trx, {
    ...message,
    body: mail,
    recipient,
    channel: 'email',
    toAddress,
    dedupeKey: keyOf('email'),
  });
}

/** Places of the templates; NĐ 224/2026 art. 15 asks for agency, handler and the three times. */
function noticeValues(facts: NoticeFacts, at: Date, trackingUrl: string): Readonly<Record<string, NoticeValue>> {
  const time = (instant: Date | null): string | null => instant && formatInstant(instant);
  return {
    code: facts.code,
    procedure: facts.procedureName,
    agency: facts.decidedByUnitName,
    desk: facts.receivedByUnitName,
    handler: facts.handlerName,
    at: formatInstant(at),
    submittedAt: formatInstant(facts.submittedAt),
    receivedAt: time(facts.receivedAt),
    dueAt: time(facts.dueAt),
    endedAt: time(facts.endedAt),
    returnedAt: time(facts.returnedAt),
    returnPlace: facts.returnPlace,
    reason: facts.reason && maskNumbers(facts.reason),
    items: facts.items.map(maskNumbers),
    deadline: facts.deadline && formatDay(facts.deadline),
    trackingUrl,
  };
}
