import { formatNumberVi } from '../../../../core/text/numbers.ts';
import type { ProcedureDefinition } from './definition.ts';
import type { Area, Channel, TimeAllowance, TimeLimit } from './parts.ts';
import type { WorkStep } from './work.ts';

/** What a limit, a fee or a step allowance is looked up by. Left out = not known, matches only entries that do not ask. */
export type Circumstances = {
  readonly caseId?: string | undefined;
  readonly area?: Area | undefined;
  readonly channel?: Channel | undefined;
};

type Qualified = {
  readonly case?: string | undefined;
  readonly area?: Area | undefined;
  readonly channel?: Channel | undefined;
};

/**
 * How well an entry fits: undefined where it does not, else a weight. A case weighs more than an area, an area more
 * than a channel (contracts §2: case > method > text).
 */
export function fitOf(entry: Qualified, at: Circumstances): number | undefined {
  if (entry.case !== undefined && entry.case !== at.caseId) return undefined;
  if (entry.area !== undefined && entry.area !== (at.area ?? 'normal')) return undefined;
  if (entry.channel !== undefined && entry.channel !== at.channel) return undefined;
  return (
    (entry.case === undefined ? 0 : 4) + (entry.area === undefined ? 0 : 2) + (entry.channel === undefined ? 0 : 1)
  );
}

function bestFit<T extends Qualified>(entries: readonly T[], at: Circumstances): T | undefined {
  let best: T | undefined;
  let weight = -1;
  for (const entry of entries) {
    const own = fitOf(entry, at);
    // On a tie the first one stands: order in the content is the author's choice, and the linter tells of the tie.
    if (own !== undefined && own > weight) {
      best = entry;
      weight = own;
    }
  }
  return best;
}

export type ResolvedLimit =
  | { readonly ok: true; readonly limit: TimeLimit; readonly index: number }
  | { readonly ok: false; readonly code: 'time-limit/none'; readonly message: string };

/**
 * The statutory limit of a dossier. Example: 1.013225 with `{caseId:'house'}` gives 7 working days, with another case 10.
 * An unknown area counts as `normal`.
 */
export function resolveTimeLimit(
  definition: Pick<ProcedureDefinition, 'timeLimits' | 'code'>,
  at: Circumstances,
): ResolvedLimit {
  const limit = bestFit(definition.timeLimits, at);
  if (!limit) {
    return {
      ok: false,
      code: 'time-limit/none',
      message: `Thủ tục ${definition.code} chưa có thời hạn cho trường hợp này.`,
    };
  }
  return { ok: true, limit, index: definition.timeLimits.indexOf(limit) };
}

/** The allowance of a step in the given circumstances: the best of `allowWhen`, else `allow`. */
export function stepAllowance(step: Pick<WorkStep, 'allow' | 'allowWhen'>, at: Circumstances): TimeAllowance {
  return bestFit(step.allowWhen ?? [], at)?.allow ?? step.allow;
}

const UNIT_TEXT: Readonly<Record<TimeAllowance['unit'], string>> = {
  'working-day': 'ngày làm việc',
  'working-hour': 'giờ làm việc',
  'clock-hour': 'giờ',
  day: 'ngày',
  month: 'tháng',
  'same-day': 'trong ngày',
};

/** Vietnamese wording. Examples: `3 ngày làm việc`, `0,5 ngày làm việc`, `trong ngày (nhận sau 15:00 thì ngày làm việc tiếp theo)`. */
export function allowanceText(allow: TimeAllowance): string {
  if (allow.unit === 'same-day') {
    return `trong ngày (nhận sau ${(allow.cutOff ?? '15:00').slice(0, 5)} thì ngày làm việc tiếp theo)`;
  }
  return `${formatNumberVi(allow.amount ?? 0)} ${UNIT_TEXT[allow.unit]}`;
}

/** Wording of a limit, both phases where there are two. */
export function limitText(limit: TimeLimit): string {
  if (limit.phases) return limit.phases.map((phase, i) => `giai đoạn ${i + 1}: ${allowanceText(phase)}`).join('; ');
  return limit.allow ? allowanceText(limit.allow) : '';
}
