import type { DueLine } from '../../core/working-time/due-cases.ts';
import { type Command, UsageError } from './command.ts';
import { COMMON, readOptions } from './options.ts';
import { readJson } from './read-input.ts';

const USAGE = `Cách dùng: motcua due --cases TỆP [--json]

Tính ngày hẹn trả. TỆP là JSON {"calendars": {mã: lịch}, "cases": [{id, calendar, receivedAt, allow|phases,
supplementPolicy?, events?}]}; dấu - là đọc từ đầu vào chuẩn. Không cần cơ sở dữ liệu.
Mỗi trường hợp một dòng, theo thứ tự trong tệp: {id, dueAt} · {id, dueAt: null, pausedSince} · {id, error}.

  --cases TỆP   tệp các trường hợp
  --json        mỗi dòng là một JSON

Mã thoát 1 nếu có trường hợp lỗi; các trường hợp khác vẫn được in.`;

function plain(line: DueLine): string {
  const id = String(line.id);
  if ('error' in line) return `${id}\tlỗi ${line.error.code}: ${line.error.message}`;
  return line.dueAt === null ? `${id}\tđang tạm dừng từ ${line.pausedSince}` : `${id}\t${line.dueAt}`;
}

/** `motcua due`: contracts §1 to the letter. */
export const dueCommand: Command = {
  usage: USAGE,
  async run(args, io) {
    const { values } = readOptions(args, { ...COMMON, cases: { type: 'string' } });
    if (values.cases === undefined) throw new UsageError('Thiếu --cases TỆP.');
    const file = await readJson(io, values.cases);
    const { runDueCases } = await import('../../core/working-time/due-cases.ts');
    const { lines, failed } = runDueCases(file);
    for (const line of lines) io.out(values.json ? JSON.stringify(line) : plain(line));
    if (failed > 0) io.note(`${failed}/${lines.length} trường hợp có lỗi.`);
    return failed > 0 ? 1 : 0;
  },
};
