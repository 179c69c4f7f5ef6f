import type { RetentionContext } from './context.ts';

/** Names with titles of people who acted (`staff:<id>`), by reference. */
export async function namesOf(ctx: RetentionContext, refs: readonly string[]): Promise<(ref: string) => string> {
  const ids = refs.flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice(6)] : []));
  const people = await ctx.ports.staffNames([...new Set(ids)]);
  return (ref) => {
    const person = people.get(ref.slice(6));
    if (!person) return '';
    return person.title ? `${person.name} (${person.title})` : person.name;
  };
}

export async function nameOf(ctx: RetentionContext, ref: string): Promise<string> {
  return (await namesOf(ctx, [ref]))(ref);
}
