/** The text with a capital at its beginning: `capital('đã dùng 80 %') === 'Đã dùng 80 %'`. */
export function capital(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase('vi') + text.slice(first.length);
}
