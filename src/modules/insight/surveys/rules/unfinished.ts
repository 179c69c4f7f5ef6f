import type { Finding, Question, Questionnaire } from './questionnaire.ts';

/**
 * What a questionnaire being typed lacks before it can be kept at all, with its place as `lintQuestionnaire` names it. A
 * weight that is no number stands as `NaN`, a day that is none as ''.
 */
export function unfinishedParts(one: Questionnaire): Finding[] {
  const found: Finding[] = [];
  const say = (path: string, message: string): void => void found.push({ path, message });
  if (blank(one.name)) say('name', 'Chưa ghi tên phiếu.');
  if (one.validFrom === '') say('validFrom', 'Chưa ghi ngày có hiệu lực.');
  if (blank(one.source)) say('source', 'Chưa ghi căn cứ; phiếu tự soạn thì ghi đơn vị soạn.');
  if (one.scale.length < 2 || one.scale.length > 10)
    say('scale', `Thang đo cần từ 2 đến 10 mức, mỗi dòng một mức; đang có ${one.scale.length}.`);
  else if (one.scale.some((each) => each.length > 60)) say('scale', 'Mỗi mức của thang đo dài nhất 60 chữ.');
  for (const [at, factor] of one.factors.entries())
    if (blank(factor.name)) say(`factors[${at}].name`, 'Chưa ghi tên nhân tố.');
  for (const [at, question] of one.questions.entries()) lookAt(question, `questions[${at}]`, say);
  return found;
}

const blank = (text: string): boolean => text.trim() === '';

function lookAt(question: Question, path: string, say: (path: string, message: string) => void): void {
  if (blank(question.text)) say(`${path}.text`, 'Chưa ghi nội dung câu hỏi.');
  if (question.kind === 'text') return;
  const { weight } = question;
  if (weight !== undefined && !(weight >= 0.01 && weight <= 100))
    say(`${path}.weight`, 'Trọng số là số từ 0,01 đến 100, nhiều nhất hai chữ số sau dấu phẩy.');
  if (question.kind !== 'choice') return;
  const { options } = question;
  if (options.length < 2 || options.length > 20)
    say(`${path}.options`, `Cần từ 2 đến 20 lựa chọn, mỗi dòng một lựa chọn; đang có ${options.length}.`);
  if (options.some((option) => option.text.length > 200)) say(`${path}.options`, 'Mỗi lựa chọn dài nhất 200 chữ.');
  if (options.some((option) => option.value !== undefined && option.value > 100))
    say(`${path}.options`, 'Điểm của một lựa chọn từ 0 đến 100.');
}
