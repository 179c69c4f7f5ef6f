import { type DemoEra, peopleOf, readDemoFile } from './demo-file.ts';

export type ShownAccount = {
  readonly login: string;
  readonly password: string;
  readonly role: string;
  readonly unit: string;
};

/** Accounts of a demo as the terminal and the sign-in page show them: one per role, post and place in words. */
export function demoAccounts(era: DemoEra): readonly ShownAccount[] {
  const file = readDemoFile(era);
  return peopleOf(file).flatMap((person) =>
    person.login === null
      ? []
      : [
          {
            login: person.login,
            password: file.password,
            role: person.posts[0]?.title ?? '',
            unit: placeName(person.posts[0]?.at ?? ''),
          },
        ],
  );
}

/** `20779-hiep-duc-2025/mot-cua` → `Hiệp Đức` in the file's own key words; enough to tell accounts apart. */
function placeName(key: string): string {
  const words = (key.split('/')[0] ?? '')
    .replace(/^\d+-/, '')
    .replace(/-\d{4}$/, '')
    .split('-');
  const names: Readonly<Record<string, string>> = {
    'hiep-duc': 'Hiệp Đức',
    'viet-an': 'Việt An',
    'phuoc-tra': 'Phước Trà',
    'tan-binh': 'thị trấn Tân Bình',
    'da-nang': 'Đà Nẵng',
    'quang-nam': 'Quảng Nam',
  };
  return names[words.join('-')] ?? words.join(' ');
}
