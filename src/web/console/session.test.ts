import { describe, expect, it } from 'vitest';
import { mayDo, toMe } from './session.ts';
import { backFrom } from './sign-in-page.tsx';

describe('toMe', () => {
  it('is nobody for guests, citizens and nonsense', () => {
    for (const reply of [null, 'x', { kind: 'guest' }, { kind: 'citizen', displayName: 'A' }])
      expect(toMe(reply)).toBeNull();
  });

  it('reads permissions with the units they hold for', () => {
    const me = toMe({ kind: 'staff', displayName: 'A', permissions: { 'dossier.receive': ['u1'] } });
    expect(mayDo(me, 'dossier.receive')).toBe(true);
    expect(mayDo(me, 'dossier.receive', 'u2')).toBe(false);
    expect(mayDo(me, 'dossier.approve')).toBe(false);
  });
});

describe('backFrom', () => {
  it('goes only to the console itself and to files of the interface', () => {
    for (const ve of ['/can-bo/ho-so/1', '/api/reports/1/sheet.pdf?no=2']) expect(backFrom({ ve })).toBe(ve);
    for (const ve of [
      'https://evil.example',
      '//evil.example',
      '/can-bo//evil',
      '/can-bo/\\evil',
      '/api//evil',
      '/khac',
      3,
    ]) {
      expect(backFrom({ ve })).toBe('/can-bo/');
    }
  });
});
