import { expect, test } from 'vitest';
import type { DossierPageType } from './contract.ts';
import { maskPage } from './personal-data.ts';

test('a masked page shows no identity number, phone, mail or address of anybody, in no corner', () => {
  const person = { fullName: 'Nguyễn Thị Thử', idNumber: '999090000123', phone: '0900000123' };
  const page = {
    parties: [
      { role: 'owner', snapshot: { ...person, subjectType: 'citizen', email: 'thu@example.vn', address: 'Thôn 1' } },
    ],
    formValues: { applicant: person, children: [{ child: { fullName: 'Bé', idNumber: '999120000456' } }] },
    formLines: [{ label: 'Số', value: 'CCCD 999090000123, điện thoại 0900000123; 999120000456' }],
    result: {
      kind: 'granted',
      title: 'GIẤY',
      body: 'Số định danh: 999090000123',
      number: null,
      issuedAt: null,
      approvedAt: null,
    },
    draft: null,
  } as unknown as DossierPageType;
  const text = JSON.stringify(maskPage(page));
  for (const secret of ['999090000123', '999120000456', '0900000123', 'thu@example.vn', 'Thôn 1'])
    expect(text).not.toContain(secret);
  expect(text).toContain('Nguyễn Thị Thử');
});
