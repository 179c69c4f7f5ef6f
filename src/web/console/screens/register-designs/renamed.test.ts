import { expect, it } from 'vitest';
import { allRegisters } from '../../../../modules/insight/registers/index.ts';
import { lintRegister } from '../../../../modules/insight/registers/rules/lint.ts';
import { renamed } from './renamed.ts';

it('a field under another key leaves every register of the content sound, and back again as it was', () => {
  for (const register of allRegisters())
    for (const { key } of register.fields) {
      const other = renamed(register, key, 'zz9');
      expect(lintRegister(other), `${register.id} ${key}`).toEqual([]);
      expect(renamed(other, 'zz9', key)).toEqual(register);
    }
});

it('leaves words alone that only look like the key', () => {
  const [register] = allRegisters();
  if (!register) throw new Error('no register');
  const checks = [{ says: 'co', rule: 'co == "co" || con > 1 || xco > 1', field: 'co' }];
  expect(renamed({ ...register, checks }, 'co', 'b').checks).toEqual([
    { says: 'co', rule: 'b == "co" || con > 1 || xco > 1', field: 'b' },
  ]);
});
