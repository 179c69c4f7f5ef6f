/**
 * Orders nodes so that each comes after the nodes it refers to, otherwise in the given order. Names that are no node
 * are ignored. On a circle `cycle` names it and the order is the given one where nothing better is known.
 */
export function sortByReferences<T extends { id: string }>(
  nodes: readonly T[],
  referencesOf: (node: T) => readonly string[],
): { order: T[]; cycle?: string[] } {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const state = new Map<string, 'open' | 'done'>();
  const order: T[] = [];
  const trail: string[] = [];
  let cycle: string[] | undefined;
  const visit = (node: T): void => {
    if (state.get(node.id) === 'done') return;
    if (state.get(node.id) === 'open') {
      cycle ??= [...trail.slice(trail.indexOf(node.id)), node.id];
      return;
    }
    state.set(node.id, 'open');
    trail.push(node.id);
    for (const name of referencesOf(node)) {
      const next = byId.get(name);
      if (next) visit(next);
    }
    trail.pop();
    state.set(node.id, 'done');
    order.push(node);
  };
  for (const node of nodes) visit(node);
  return cycle ? { order, cycle } : { order };
}
