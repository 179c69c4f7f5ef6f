import { describe, expect, it } from 'vitest';
import { toMe } from '../session.ts';
import { closedEntry } from './menu.ts';

const clerk = toMe({ kind: 'staff', displayName: 'A', permissions: { 'dossier.read': ['u1'] } });
const reader = toMe({
  kind: 'staff',
  displayName: 'B',
  permissions: { 'indices.read': ['u1'], 'surveys.read': ['u1'] },
});

describe('closedEntry', () => {
  it('names the screen a role may not use, also where a page below it is opened', () => {
    for (const path of ['/chi-so', '/chi-so/', '/chi-so/xep-hang', '/chi-so/bo', '/chi-so/phieu/1'])
      expect(closedEntry(clerk, path)?.to, path).toBe('/chi-so');
    for (const path of [
      '/so-lieu/buoc',
      '/khao-sat/phieu',
      '/khao-sat/danh-gia',
      '/bao-cao/1',
      '/so-nhap-tay/x/nhap-tep',
    ])
      expect(closedEntry(clerk, path)?.to, path).toBe(`/${path.split('/')[1]}`);
  });

  it('closes nothing to those who hold the permission, and no page that asks for another one or none', () => {
    for (const path of ['/chi-so/xep-hang', '/khao-sat/danh-gia', '/thong-bao', '/tai-khoan', '/'])
      expect(closedEntry(reader, path), path).toBeUndefined();
    for (const path of ['/ho-so/1', '/chi-so-khac', '/suc-khoe-don-vi/so-giay'])
      expect(closedEntry(clerk, path), path).toBeUndefined();
    expect(closedEntry(null, '/chi-so')).toBeUndefined();
  });
});
