import type { Figure } from './bundle.ts';
import type { MetricDefinition, VisitTerm } from './definition.ts';
import { type Measure, visitTerms } from './facts.ts';

/** Visits to steps that stood alike to the limit of the step and went on alike. */
export type VisitCell = {
  readonly class: string;
  readonly way: string;
  readonly n: number;
  /** How many have their working time measured, and the sum of it. */
  readonly measured: number;
  readonly minutes: number;
};

/** The two sides of a metric of visits; without a denominator that is null. */
export function visitFigureOf(definition: MetricDefinition, cells: readonly VisitCell[]): Figure {
  const { numerator, denominator } = definition;
  return {
    numerator: sumOfVisits(visitTerms(numerator.terms), cells, numerator.measure),
    denominator: denominator ? sumOfVisits(visitTerms(denominator.terms), cells, 'count') : null,
  };
}

function sumOfVisits(terms: readonly VisitTerm[], cells: readonly VisitCell[], measure: Measure = 'count'): number {
  const within = (value: string, list: readonly string[] | undefined): boolean =>
    list === undefined || list.includes(value);
  const of = (term: VisitTerm, cell: VisitCell): number =>
    measure === 'work-minutes' ? cell.minutes : term.where?.measured ? cell.measured : cell.n;
  return terms.reduce(
    (total, term) =>
      cells.reduce(
        (sum, cell) =>
          within(cell.class, term.where?.class) && within(cell.way, term.where?.way) ? sum + of(term, cell) : sum,
        total,
      ),
    0,
  );
}
