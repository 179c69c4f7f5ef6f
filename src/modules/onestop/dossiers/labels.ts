import { formatVnd } from '../../../core/text/numbers.ts';
import { words } from '../../../platform/messages/words.ts';
import { allowanceText } from '../procedures/rules/time-limit.ts';
import { type CommandKind, NEEDS_REASON } from './rules/commands.ts';
import { type DecisionContext, earlierStep, nextStep } from './rules/context.ts';
import type { ActionKind, DossierState } from './rules/state.ts';

export type CommandLabel = {
  readonly kind: CommandKind;
  readonly label: string;
  readonly consequence: string;
  readonly needsReason: boolean;
};

/** A button with what pressing it will do, written for this dossier. */
export function commandLabel(kind: CommandKind, state: DossierState, ctx: Pick<DecisionContext, 'plan'>): CommandLabel {
  const next = state.step ? nextStep(ctx, state.step) : undefined;
  const back = state.step ? earlierStep(ctx, state.step) : undefined;
  const target = (name: string | undefined, allow: string): string =>
    name ? words('server.consequence.next', { name, allow }) : '';
  const dynamic: Partial<Record<CommandKind, string>> = {
    receive: words('server.consequence.receive'),
    forward: target(next?.name, next && (next.allow.amount ?? 0) > 0 ? ` (${allowanceText(next.allow)})` : ''),
    approve: target(next?.name, ''),
    'return-step': back ? words('server.consequence.back', { name: back.name }) : '',
  };
  return {
    kind,
    label: words(`server.command.${kind}`),
    consequence: dynamic[kind] ?? words(`server.consequence.${kind}`),
    needsReason: NEEDS_REASON.has(kind),
  };
}

/** One line of the story: `Chuyển từ “Tiếp nhận” sang “Thẩm tra hồ sơ”`. */
export function storyLine(
  kind: ActionKind,
  detail: Readonly<Record<string, unknown>>,
  stepName: (id: string) => string | undefined,
): string {
  const [from, to] = [detail['from'], detail['to']].map((id) => (typeof id === 'string' ? stepName(id) : undefined));
  if ((kind === 'forwarded' || kind === 'step-returned' || kind === 'taken-back') && from && to) {
    return words(`server.story.${kind}-between`, { from, to });
  }
  if (kind === 'numbered' && typeof detail['number'] === 'string')
    return words('server.story.numbered-as', { number: detail['number'] });
  if (kind === 'finance-requested' && typeof detail['amountVnd'] === 'number')
    return words('server.story.finance-amount', { amount: formatVnd(detail['amountVnd']) });
  if (kind === 'handed-over') {
    const method = String(detail['method']);
    if (['desk', 'post', 'electronic'].includes(method)) return words(`server.story.handed-over-${method}`);
  }
  return words(`server.story.${kind}`);
}
