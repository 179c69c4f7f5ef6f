/** Scoring of indicator sets: pure, decimal, the same in browser, server and command. */
export { Decimal, rounded } from './decimal.ts';
export { type FormulaProblem, lintFormula } from './formula.ts';
export { lintSet, readSet, type SetFinding, type SetFindingCode } from './lint-set.ts';
export { type Lost, rankLost } from './lost.ts';
export { type Measure, pointsOf } from './points.ts';
export { type Ranked, rankHighest } from './rank.ts';
export { type Score, type ScoreError, type ScoreReply, type ScoreValues, scoreSet } from './score.ts';
export {
  type Band,
  type Criterion,
  type Domain,
  FAMILIES,
  type Family,
  IndicatorSet,
  ScoringRule,
  type Setting,
  type SubCriterion,
} from './set.ts';
export { chooseSettings } from './settings.ts';
export { type Leaf, leavesOf, treatmentOf } from './tree.ts';
export { countsAfter, countsFor, type Needed, nextBand, WAYS, type Way, type WhatIf, whatIf } from './what-if.ts';
