import { describe, expect, it } from 'vitest';
import { qrSvg } from './qr.ts';

describe('qrSvg', () => {
  it('draws the three corner squares inside a quiet zone of four modules', () => {
    const svg = qrSvg('https://motcua.example.vn/tra-cuu/H99.32.05-260126-0001');
    const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
    expect(svg).toContain('M4 4h7v1h-7z');
    expect(svg).toContain(`M${side - 11} 4h7v1h-7z`);
    expect(svg).toContain(`M4 ${side - 5}h7v1h-7z`);
  });

  it('is hidden from screen readers unless it has a name, and the name cannot break out', () => {
    expect(qrSvg('x')).toContain('aria-hidden="true"');
    expect(qrSvg('x', '"><script>')).toContain('aria-label="&quot;>&lt;script>"');
  });

  it('refuses an empty text and one too long for a symbol', () => {
    expect(() => qrSvg('')).toThrow(RangeError);
    expect(() => qrSvg('a'.repeat(3000))).toThrow(RangeError);
  });
});
