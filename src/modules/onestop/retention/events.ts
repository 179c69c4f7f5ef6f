/** Facts of this module in the outbox; key: the dossier. Payloads carry ids and codes only. */
export const TOPIC = { erasure: 'dossier.erased', disposal: 'dossier.disposed' } as const;
