/** Numbers of the units board that open the dossiers behind them; `lateOfDue` stands behind the late rate. */
export const UNIT_FIGURES = [
  'received',
  'online',
  'finished',
  'inTime',
  'late',
  'open',
  'openLate',
  'apologiesOwed',
  'lateOfDue',
] as const;
export type UnitFigure = (typeof UNIT_FIGURES)[number];
