/** Words that names are made of, with every word they could be mistyped as. Names have few words: a country's fit in memory. */
export type NameWords = { has(word: string): boolean; near(word: string): readonly string[] };

/** The word with one letter left out, in every way: two words one slip apart share one of these (or the word itself). */
function withoutOne(word: string): string[] {
  const forms: string[] = [];
  for (let i = 0; i < word.length; i++) forms.push(word.slice(0, i) + word.slice(i + 1));
  return forms;
}

/**
 * Builds the index of slips: one letter wrong, missing, too many, or two swapped.
 * @param words folded words, `nguyen`, `duc` …
 */
export function indexNameWords(words: Iterable<string>): NameWords {
  const known = new Set(words);
  const byForm = new Map<string, string[]>();
  for (const word of known) {
    for (const form of [word, ...withoutOne(word)]) {
      const list = byForm.get(form);
      if (list) list.push(word);
      else byForm.set(form, [word]);
    }
  }
  return {
    has: (word) => known.has(word),
    near(word) {
      const found = new Set<string>();
      for (const form of [word, ...withoutOne(word)])
        for (const other of byForm.get(form) ?? []) if (other !== word) found.add(other);
      return [...found];
    },
  };
}

const MOST = 200;

/**
 * Names that somebody may have meant, best guesses first, none of them checked for existence: each word replaced by one
 * it could be mistyped from (words that no name has are replaced first and always), a word left out, two run together.
 * At most 200.
 * @param folded the name as typed, folded: `nguyne van an` → `nguyen van an`, …
 */
export function correctionsOf(folded: string, words: NameWords): string[] {
  const typed = folded.split(' ').slice(0, 12);
  const found = new Set<string>();
  const add = (parts: readonly string[]): void => {
    const name = parts.join(' ');
    if (name !== folded && found.size < MOST) found.add(name);
  };
  const replaced = (parts: readonly string[], at: number, by: string): string[] =>
    parts.map((part, i) => (i === at ? by : part));
  const unknown = typed.flatMap((word, at) => (words.has(word) ? [] : [at]));
  if (unknown.length > 2) return [];
  // Every unknown word must go; then the name may be right.
  let bases: string[][] = [typed];
  for (const at of unknown) {
    const word = typed[at] ?? '';
    bases = bases
      .flatMap((base) => [...words.near(word), ...splits(word, words)].map((by) => replaced(base, at, by)))
      .slice(0, MOST);
  }
  if (unknown.length > 0) {
    for (const base of bases) add(base);
    if (unknown.length === 1) add(typed.filter((_, i) => i !== unknown[0]));
    return [...found];
  }
  // All words are names' words: one of them is another than meant, or too many.
  typed.forEach((word, at) => {
    for (const by of words.near(word)) add(replaced(typed, at, by));
  });
  if (typed.length > 2) for (const at of typed.keys()) add(typed.filter((_, i) => i !== at));
  return [...found];
}

/** `nguyenvan` → `nguyen van`, where both are known. */
function splits(word: string, words: NameWords): string[] {
  const found: string[] = [];
  for (let i = 2; i <= word.length - 2; i++) {
    const [left, right] = [word.slice(0, i), word.slice(i)];
    if (words.has(left) && words.has(right)) found.push(`${left} ${right}`);
  }
  return found;
}
