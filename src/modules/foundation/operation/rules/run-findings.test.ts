import { describe, expect, it } from 'vitest';
import { partOf } from './finding.ts';
import { ageText, type Run, runFindings } from './run-findings.ts';

const NOW = new Date('2026-11-22T10:00:00+07:00');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const run = (kind: Run['kind'], hours: number, ok = true): Run => ({ kind, endedAt: ago(hours), ok, detail: '' });
const statuses = (runs: readonly Run[]) => runFindings(runs, NOW).map(({ id, status }) => [id, status]);

describe('what the system page says of backups and verifications', () => {
  it('warns where there never was one, and says what to run', () => {
    expect(statuses([])).toEqual([
      ['backup.last', 'warning'],
      ['audit.verified', 'warning'],
    ]);
    expect(runFindings([], NOW).every(({ advice }) => advice?.includes('npm run -s motcua'))).toBe(true);
  });

  it('is content with last night and last week, not with two nights and two weeks ago', () => {
    expect(statuses([run('backup', 10), run('verify-audit', 150)]).map(([, status]) => status)).toEqual(['ok', 'ok']);
    expect(statuses([run('backup', 50), run('verify-audit', 336)]).map(([, status]) => status)).toEqual([
      'warning',
      'warning',
    ]);
  });

  it('fails where the last one was not whole, however young', () => {
    expect(statuses([run('backup', 1, false), run('verify-audit', 1, false)]).map(([, status]) => status)).toEqual([
      'failed',
      'failed',
    ]);
  });

  it.each([
    [0.5, 'chưa đến một giờ trước'],
    [3, '3 giờ trước'],
    [47, '47 giờ trước'],
    [48, '2 ngày trước'],
    [-5, 'chưa đến một giờ trước'],
  ])('%j hours are “%s”', (hours, text) => {
    expect(ageText(ago(hours), NOW)).toBe(text);
  });

  it('puts every finding under a part', () => {
    expect(['disk.free', 'migrations', 'mail.failed', 'backup.last', 'fonts', 'clock'].map(partOf)).toEqual([
      'files',
      'database',
      'mail',
      'backup',
      'machine',
      'machine',
    ]);
  });
});
