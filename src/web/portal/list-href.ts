/** The address of a page of a list: what is asked for by name, empty ones left out, and the page after the first. */
export function listHref(path: string, asked: Readonly<Record<string, string>>, page: number): string {
  const given = Object.entries(asked).filter(([, value]) => value !== '');
  const text = new URLSearchParams(page > 1 ? [...given, ['trang', String(page)]] : given).toString();
  return text === '' ? path : `${path}?${text}`;
}
