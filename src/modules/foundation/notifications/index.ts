export { findMessageStates, type MessageState, mailAround } from './delivery-states.ts';
export { countMessages, dropMessages, eraseMessages } from './erase-store.ts';
export type { FindNoticeFacts, Mail, Mailer, MailOutcome, NoticeFacts } from './ports.ts';
export { type QueuedMessage, queueMessage } from './queue.ts';
export { getReminder, type Reminder } from './reminders.ts';
export { registerNotificationRoutes } from './routes.ts';
export { sendMailOnce } from './send-mail.ts';
export { createNotificationService, createNotificationTimers, type NotificationService } from './service.ts';
export { createDossierNotices, type DossierNoticesDeps } from './subscribers.ts';
