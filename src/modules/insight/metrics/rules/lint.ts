import type { DossierTerm, MetricDefinition, Term } from './definition.ts';
import { FACTS, factOf, isServed, SERVED } from './facts.ts';

/** A mistake in definitions and where it stands, e.g. `late-of-due/denominator/terms/1`. */
export type MetricFault = { readonly place: string; readonly message: string };

/**
 * What a schema cannot say: a metric counts one fact, measures and filters are known of it on that day, the terms of a side never overlap (their rows are the number), a
 * share has a denominator, and definitions of one metric do not overlap in time.
 */
export function lintMetrics(metrics: readonly MetricDefinition[]): readonly MetricFault[] {
  const faults: MetricFault[] = [];
  const say = (place: string, message: string): void => void faults.push({ place, message });
  for (const [index, metric] of metrics.entries()) {
    if (metric.unit === 'count' && metric.denominator) say(`${metric.id}/denominator`, 'a count has no denominator');
    if (metric.unit !== 'count' && !metric.denominator) say(`${metric.id}/denominator`, 'a share needs a denominator');
    if (metric.denominator && !metric.zeroDenominator)
      say(`${metric.id}/zeroDenominator`, 'say what an empty denominator means');
    const minutes = (metric.numerator.measure ?? 'count') !== 'count';
    if (minutes !== (metric.unit === 'working-minutes'))
      say(`${metric.id}/unit`, 'working-minutes and a measure in minutes go together');
    if (metric.validTo !== undefined && metric.validTo < metric.validFrom)
      say(`${metric.id}/validTo`, 'ends before it begins');
    for (const [side, terms] of [
      ['numerator', metric.numerator.terms],
      ['denominator', metric.denominator?.terms ?? []],
    ] as const) {
      for (const [at, term] of terms.entries()) {
        const place = `${metric.id}/${side}/terms/${at}`;
        const role = FACTS[term.fact].dates[term.at];
        if (term.fact !== factOf(metric)) say(`${place}/fact`, `the metric counts ${factOf(metric)}`);
        for (const name of Object.keys(term.where ?? {}))
          if (!role?.filters.includes(name)) say(`${place}/where/${name}`, `not known of ${term.at}`);
        const measure = side === 'numerator' ? (metric.numerator.measure ?? 'count') : 'count';
        if (!role?.measures.includes(measure))
          say(`${metric.id}/numerator/measure`, `${measure} is not known of ${term.fact} ${term.at}`);
        if (term.fact === 'dossier') {
          if (term.where?.answer && !isLate(term)) say(`${place}/where/answer`, 'only the late are answered for');
          if (term.at === 'ended' && term.where?.class?.includes('open'))
            say(`${place}/where/class`, 'the ended are not open');
          if (term.where?.onTime766 !== undefined && isServed(term))
            say(`${place}/where/onTime766`, 'is not counted together with how a dossier was served');
        }
        if (terms.slice(0, at).some((other) => overlap(other, term))) say(place, 'overlaps a term before it');
      }
    }
    const twin = metrics.slice(0, index).find((other) => other.id === metric.id && meet(other, metric));
    if (twin) say(`${metric.id}/validFrom`, `another definition from ${twin.validFrom} holds on the same days`);
  }
  return faults;
}

function isLate(term: DossierTerm): boolean {
  return term.at === 'open-at-end' ? term.where?.late === true : term.where?.class?.join() === 'late';
}

/** Whether one dossier or visit could stand in both, going by roles and filters alone. */
function overlap(a: Term, b: Term): boolean {
  if (a.fact === 'visit' || b.fact === 'visit') {
    if (a.fact !== 'visit' || b.fact !== 'visit') return false;
    return !(apart(a.where?.class, b.where?.class) || apart(a.where?.way, b.where?.way));
  }
  if (a.at !== b.at) {
    // Received before and within, ended within and open at the end: one excludes the other. What is due may be either.
    const pair = [a.at, b.at].sort().join(' ');
    return pair !== 'open-at-start received' && pair !== 'ended open-at-end';
  }
  const [x, y] = [a.where, b.where];
  const differ = (p: boolean | undefined, q: boolean | undefined): boolean =>
    p !== undefined && q !== undefined && p !== q;
  return !(
    apart(x?.channel, y?.channel) ||
    apart(x?.class, y?.class) ||
    apart(x?.outcome, y?.outcome) ||
    apart(x?.answer, y?.answer) ||
    SERVED.some((name) => apart(x?.[name], y?.[name])) ||
    differ(x?.late, y?.late) ||
    differ(x?.onTime766, y?.onTime766)
  );
}

const apart = (x: readonly string[] | undefined, y: readonly string[] | undefined): boolean =>
  x !== undefined && y !== undefined && !x.some((value) => y.includes(value));

const meet = (a: MetricDefinition, b: MetricDefinition): boolean =>
  a.validFrom <= (b.validTo ?? '9999-12-31') && b.validFrom <= (a.validTo ?? '9999-12-31');
