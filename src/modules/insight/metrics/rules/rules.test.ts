import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { getMetricDefinitions } from '../content.ts';
import { type MetricDefinition, MetricFile, type Term } from './definition.ts';
import { groupOf } from './facts.ts';
import { lintMetrics } from './lint.ts';
import { periodOf, previousPeriod } from './period.ts';

describe('periods', () => {
  const days = (id: string, cutoff: 'calendar' | 'nd09' = 'calendar') => {
    const period = periodOf(id, cutoff);
    return period && `${period.from} ${period.to}`;
  };
  it('of the calendar end with their months', () => {
    expect(days('2024-02')).toBe('2024-02-01 2024-02-29');
    expect(days('2023-Q2')).toBe('2023-04-01 2023-06-30');
    expect(days('2023-H2')).toBe('2023-07-01 2023-12-31');
    expect(days('2023')).toBe('2023-01-01 2023-12-31');
    expect(days('2023-01-05..2023-02-04')).toBe('2023-01-05 2023-02-04');
  });
  it('of Decree 09/2019 run from the 15th to the 14th', () => {
    expect(days('2023-01', 'nd09')).toBe('2022-12-15 2023-01-14');
    expect(days('2023-Q1', 'nd09')).toBe('2022-12-15 2023-03-14');
    expect(days('2023-H1', 'nd09')).toBe('2022-12-15 2023-06-14');
    expect(days('2023-H2', 'nd09')).toBe('2023-06-15 2023-12-14');
    expect(days('2023', 'nd09')).toBe('2022-12-15 2023-12-14');
  });
  it('that are none are refused', () => {
    for (const id of ['', '2023-13', '2023-Q5', '2023-H3', '23', '2023-02-05..2023-02-04', '2023-02-30..2023-03-01'])
      expect(periodOf(id, 'calendar')).toBeUndefined();
  });
  it('of years nobody means are refused: days before and after them could not be written', () => {
    for (const id of ['0000', '0001-01', '1899', '2200', '9999-12', '0001-01-01..9999-12-31', '9999-01-01..9999-12-31'])
      for (const cutoff of ['calendar', 'nd09'] as const) expect(periodOf(id, cutoff)).toBeUndefined();
    expect(days('1900', 'nd09')).toBe('1899-12-15 1900-12-14');
    expect(days('1900-01-01..2199-12-31')).toBe('1900-01-01 2199-12-31');
  });
  it('follow each other without a gap', () => {
    for (const cutoff of ['calendar', 'nd09'] as const)
      for (const id of ['2023-01', '2023-Q1', '2023-H1', '2023', '2023-03-01..2023-03-10']) {
        const period = periodOf(id, cutoff);
        if (!period) throw new Error(id);
        const before = previousPeriod(period);
        expect(Date.parse(period.from) - Date.parse(before.to)).toBe(86_400_000);
      }
    expect(previousPeriod({ id: '2023-Q1', from: '2023-01-01', to: '2023-03-31', cutoff: 'calendar' }).id).toBe(
      '2022-Q4',
    );
  });
});

describe('definitions', () => {
  it('that ship have no fault', () => {
    expect(getMetricDefinitions().length).toBeGreaterThan(20);
    expect(lintMetrics(getMetricDefinitions())).toEqual([]);
  });
  it('stand in a list by what they are about', () => {
    const group = (id: string) => groupOf(getMetricDefinitions().find((one) => one.id === id) as MetricDefinition);
    expect(
      [
        'received-online',
        'online-full-share',
        'finished-late',
        'on-time-of-due',
        'carried-over',
        'steps-late-rate',
      ].map(group),
    ).toEqual(['received', 'served', 'ended', 'due', 'open', 'steps']);
  });
  it('with a fault are refused with the place', () => {
    const share = getMetricDefinitions().find((one) => one.id === 'late-of-finished') as MetricDefinition;
    const places = (change: Partial<MetricDefinition>) =>
      lintMetrics([{ ...share, ...change }]).map((one) => one.place);
    const above = (...terms: Term[]) => places({ numerator: { terms } });
    expect(
      above({ fact: 'dossier', at: 'ended' }, { fact: 'dossier', at: 'ended', where: { class: ['late'] } }),
    ).toEqual(['late-of-finished/numerator/terms/1']);
    expect(above({ fact: 'dossier', at: 'received' }, { fact: 'dossier', at: 'ended' })).toHaveLength(1);
    expect(above({ fact: 'dossier', at: 'received', where: { late: true } })).toEqual([
      'late-of-finished/numerator/terms/0/where/late',
    ]);
    expect(above({ fact: 'dossier', at: 'ended', where: { answer: ['none'] } })).toEqual([
      'late-of-finished/numerator/terms/0/where/answer',
    ]);
    expect(above({ fact: 'dossier', at: 'received', where: { onTime766: true, papers: ['reused'] } })).toEqual([
      'late-of-finished/numerator/terms/0/where/onTime766',
    ]);
    const filed = { fact: 'dossier', at: 'received', where: { papers: ['digital'] } } as const;
    expect(above({ ...filed, where: { papers: ['reused'] } }, { ...filed, where: { papers: ['digital'] } })).toEqual(
      above({ fact: 'dossier', at: 'received' }),
    );
    expect(above({ ...filed, where: { papers: ['digital'] } }, { ...filed, where: { payment: ['cash'] } })).toEqual([
      'late-of-finished/numerator/terms/1',
    ]);
    expect(above({ fact: 'dossier', at: 'ended', where: { payment: ['cash'] } })).toEqual([
      'late-of-finished/numerator/terms/0/where/payment',
    ]);
    expect(places({ unit: 'count' })).toEqual(['late-of-finished/denominator']);
    expect(lintMetrics([share, { ...share, validFrom: '2024-01-01' }]).map((one) => one.place)).toEqual([
      'late-of-finished/validFrom',
    ]);
  });
  it('over visits to steps count one fact, with measures and filters it knows', () => {
    const rate = getMetricDefinitions().find((one) => one.id === 'steps-late-rate') as MetricDefinition;
    const mean = getMetricDefinitions().find((one) => one.id === 'step-average-time') as MetricDefinition;
    const places = (metric: MetricDefinition, change: Partial<MetricDefinition>) =>
      lintMetrics([{ ...metric, ...change }]).map((one) => one.place);
    const left: Term = { fact: 'visit', at: 'left' };
    expect(places(rate, {})).toEqual([]);
    expect(places(rate, { denominator: { terms: [{ fact: 'dossier', at: 'ended' }] } })).toEqual([
      'steps-late-rate/denominator/terms/0/fact',
    ]);
    expect(places(rate, { numerator: { terms: [left, { ...left, where: { way: ['returned'] } }] } })).toEqual([
      'steps-late-rate/numerator/terms/1',
    ]);
    const twoWays: Term[] = [
      { ...left, where: { way: ['onward'] } },
      { ...left, where: { way: ['returned'], class: ['late'] } },
    ];
    expect(places(rate, { numerator: { terms: twoWays } })).toEqual([]);
    const channel = { ...left, where: { channel: ['online'] } } as unknown as Term;
    expect(places(rate, { numerator: { terms: [channel] } })).toEqual([
      'steps-late-rate/numerator/terms/0/where/channel',
    ]);
    expect(places(mean, { numerator: { measure: 'lateness-minutes', terms: [left] } })).toEqual([
      'step-average-time/numerator/measure',
    ]);
    expect(places(mean, { unit: 'percent' })).toEqual(['step-average-time/unit']);
  });
  it('of another shape are refused when read, with the place', () => {
    const metric = getMetricDefinitions().find((one) => one.id === 'steps-late-rate') as MetricDefinition;
    const faults = (numerator: unknown) =>
      Value.Errors(MetricFile, { metrics: [{ ...metric, numerator }] }).map((one) => one.instancePath);
    expect(faults({ measure: 'heads', terms: metric.numerator.terms })).toContain('/metrics/0/numerator/measure');
    expect(faults({ terms: [{ fact: 'visit', at: 'received' }] })).toContain('/metrics/0/numerator/terms/0/at');
    expect(faults({ terms: [{ fact: 'person', at: 'left' }] })).toContain('/metrics/0/numerator/terms/0/fact');
  });
});
