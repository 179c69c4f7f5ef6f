import type { DossierStatus } from '../../dossiers/rules/status.ts';
import type { NextStep, StatusTone } from './dossier-views.ts';

/**
 * What happens next with a dossier, as its owner should hear it. `late` only while an office still decides and the due
 * date has passed.
 */
export function decideNext(status: DossierStatus, dueAt: Date | null, now: Date): NextStep {
  switch (status) {
    case 'submitted':
      return 'desk-answers';
    case 'awaiting-completion':
      return 'you-complete';
    case 'received':
    case 'processing':
      return dueAt !== null && dueAt < now ? 'office-late' : 'office-decides';
    case 'supplement':
      return 'you-supplement';
    case 'finance':
      return 'you-pay';
    case 'suspended':
      return 'suspended';
    case 'decided':
      return 'collect';
    case 'returned':
      return 'done';
    case 'refused':
    case 'withdrawn':
    case 'stopped':
      return status;
  }
}

/** Colour of a status beside its word. */
export function toneOf(status: DossierStatus): StatusTone {
  switch (status) {
    case 'submitted':
    case 'received':
    case 'processing':
      return 'blue';
    case 'awaiting-completion':
    case 'supplement':
    case 'finance':
    case 'suspended':
      return 'amber';
    case 'decided':
    case 'returned':
      return 'green';
    case 'refused':
      return 'red';
    case 'withdrawn':
    case 'stopped':
      return 'grey';
  }
}

/** True while the dossier waits for its owner. */
export function waitsForOwner(status: DossierStatus): boolean {
  return status === 'awaiting-completion' || status === 'supplement' || status === 'finance';
}
