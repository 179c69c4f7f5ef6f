import type { DossierTerm } from './definition.ts';

const ended = (where: NonNullable<DossierTerm['where']>): readonly DossierTerm[] => [
  { fact: 'dossier', at: 'ended', where },
];
const received = (channel: 'online' | 'desk' | 'post'): readonly DossierTerm[] => [
  { fact: 'dossier', at: 'received', where: { channel: [channel] } },
];
const RESOLVED = ['granted', 'refused', ''] as const;

/**
 * What forms II.06a, II.06b, II.06c and the columns of 2026 count, as terms: the same a figure and its rows are made of.
 * `resolved-*` leave out what was withdrawn or stopped; `late-unapologised` has those exempted too. Always
 * carried + received-* = finished-* + open-*.
 */
export const REPORT_COUNTS = {
  carried: [{ fact: 'dossier', at: 'open-at-start' }],
  'received-online': received('online'),
  'received-desk': received('desk'),
  'received-post': received('post'),
  'finished-early': ended({ class: ['early'] }),
  'finished-on-time': ended({ class: ['on-time'] }),
  'finished-late': ended({ class: ['late'] }),
  'resolved-early': ended({ class: ['early'], outcome: [...RESOLVED] }),
  'resolved-on-time': ended({ class: ['on-time'], outcome: [...RESOLVED] }),
  'resolved-late': ended({ class: ['late'], outcome: [...RESOLVED] }),
  withdrawn: ended({ outcome: ['withdrawn'] }),
  stopped: ended({ outcome: ['stopped'] }),
  'open-in-time': [{ fact: 'dossier', at: 'open-at-end', where: { late: false } }],
  'open-late': [{ fact: 'dossier', at: 'open-at-end', where: { late: true } }],
  'late-apologised': ended({ class: ['late'], outcome: [...RESOLVED], answer: ['apology'] }),
  'late-unapologised': ended({ class: ['late'], outcome: [...RESOLVED], answer: ['none', 'exempted'] }),
} as const satisfies Readonly<Record<string, readonly DossierTerm[]>>;
