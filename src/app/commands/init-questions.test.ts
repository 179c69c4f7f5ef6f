import { expect, it } from 'vitest';
import { envFileText } from './env-file.ts';
import { type Ask, askInitSettings } from './init-questions.ts';
import { readInitSettings } from './init-settings.ts';
import { environmentOf } from './initialise.ts';

/** Answers by the beginning of the question; what is not named takes its default. */
const answering =
  (answers: Record<string, string>): Ask =>
  async ({ text, otherwise, check }) => {
    const key = Object.keys(answers).find((begin) => text.startsWith(begin));
    const answer = key === undefined ? otherwise : answers[key];
    if (answer === undefined) throw new Error(`no answer to “${text}”`);
    expect(answer === '' ? undefined : check?.(answer)).toBeUndefined();
    return answer;
  };

it('questions and a file lead to the same settings', async () => {
  const asked = await askInitSettings(
    answering({
      'Mã đơn vị': '20779',
      'Họ tên': 'Nguyễn Văn Thử',
      'Địa chỉ công khai': 'https://motcua.thu.example/',
      'Máy chủ thư': 'smtp://mail:587',
      'Người gửi': 'Một Cửa <a@b.example>',
      'Mã hóa tệp': 'c',
    }),
  );
  const written = readInitSettings(`
unit: '20779'
administrator: { fullName: Nguyễn Văn Thử, login: quantri }
publicUrl: https://motcua.thu.example/
listen: { port: 8080 }
smtp: { url: 'smtp://mail:587', from: Một Cửa <a@b.example> }
storage: { encryptFiles: true }
`);
  expect(asked).toEqual(written);
  expect(environmentOf(asked, '/var/lib/motcua')).toMatchObject({
    MOTCUA_PUBLIC_URL: 'https://motcua.thu.example',
    MOTCUA_HOST: '127.0.0.1',
    MOTCUA_TRUST_PROXY: '1',
    MOTCUA_FILES_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

it('only the unit, the administrator and the address must be answered', async () => {
  const asked = await askInitSettings(
    answering({ 'Mã đơn vị': '20779', 'Họ tên': 'Nguyễn Văn Thử', 'Địa chỉ công khai': 'http://10.0.0.5:8080' }),
  );
  expect(environmentOf(asked, '/d')).toMatchObject({
    MOTCUA_TRUST_PROXY: undefined,
    MOTCUA_SMTP_URL: undefined,
    MOTCUA_FILES_KEY: undefined,
  });
});

it.each(['smpt: {}', 'units: [{ file: a.json, validFrom: 1/7/2025 }]', 'storage: { encryptFiles: short }', '  : : :'])(
  'a file with “%s” is refused',
  (line) => {
    const text = `unit: '20779'\nadministrator: { fullName: A, login: quantri }\npublicUrl: https://a.example\n${line}`;
    expect(() => readInitSettings(text)).toThrow();
  },
);

it('a settings file is read alike by systemd, a shell and Node', () => {
  expect(envFileText({ A: 'x', B: 'Một Cửa <a@b>', C: "it's", D: undefined, E: '' }, 'hai\ndòng')).toBe(
    "# hai\n# dòng\nA=x\nB='Một Cửa <a@b>'\nC=\"it's\"\nE=\n",
  );
  expect(() => envFileText({ A: 'a\nb' }, '')).toThrow();
  expect(() => envFileText({ A: `'"` }, '')).toThrow();
});
