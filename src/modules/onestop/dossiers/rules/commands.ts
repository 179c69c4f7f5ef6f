import type { ResultMethod } from './state.ts';

export type RequestedItem = { readonly code: string | null; readonly name: string; readonly what: string };

/** What somebody wants to do with a dossier that exists. Filing and desk intake make new ones (`intake.ts`). */
export type Command =
  | { readonly kind: 'receive'; readonly forward: boolean }
  | {
      readonly kind: 'request-completion';
      readonly items: readonly RequestedItem[];
      readonly reason: string;
      /** Last day to answer, inclusive; the service fills in the regime's where left out. */
      readonly deadline?: string;
    }
  | { readonly kind: 'complete' }
  | { readonly kind: 'refuse'; readonly reason: string }
  | { readonly kind: 'open' }
  /** `null`: back to the unit, for whoever may take it. */
  | { readonly kind: 'assign'; readonly staffId: string | null }
  | { readonly kind: 'forward'; readonly note?: string; readonly staffId?: string }
  /** `staffId`: who did the earlier step and is still there; the service fills it in. */
  | { readonly kind: 'return-step'; readonly reason: string; readonly staffId?: string }
  | { readonly kind: 'take-back'; readonly reason?: string }
  | {
      readonly kind: 'request-supplement';
      readonly items: readonly RequestedItem[];
      readonly reason: string;
      readonly deadline?: string;
    }
  | { readonly kind: 'accept-supplement'; readonly note?: string }
  | { readonly kind: 'request-finance'; readonly reason: string; readonly amountVnd: number }
  | { readonly kind: 'settle-finance'; readonly note?: string }
  | { readonly kind: 'suspend'; readonly reason: string }
  | { readonly kind: 'resume'; readonly note?: string }
  | { readonly kind: 'withdraw'; readonly reason: string }
  | { readonly kind: 'stop'; readonly reason: string }
  | {
      readonly kind: 'draft-result';
      readonly result: 'granted' | 'refused';
      readonly title: string;
      readonly body: string;
    }
  | { readonly kind: 'approve'; readonly note?: string }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'hand-over'; readonly method: ResultMethod; readonly receiver: string | null };

export type CommandKind = Command['kind'];

/** Commands that ask for a reason: none is taken without one. */
export const NEEDS_REASON: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'request-completion',
  'refuse',
  'return-step',
  'request-supplement',
  'request-finance',
  'suspend',
  'withdraw',
  'stop',
]);
