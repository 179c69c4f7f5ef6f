type Fault = { readonly keyword: string; readonly instancePath: string; readonly schemaPath: string };

/** A fault by which a value is told to be none of this alternative: another kind of value, or another name of its kind. */
function isOther({ keyword, instancePath }: Fault, base: string): boolean {
  if (instancePath === base)
    return keyword === 'type' || keyword === 'const' || keyword === 'enum' || keyword === 'anyOf';
  const member = instancePath.slice(base.length + 1);
  return keyword === 'const' && !member.includes('/');
}

/**
 * Of the faults of a value those that help: where a place may have several shapes, the faults of the one that was meant
 * instead of those of every shape it is not; where none can be told, one fault for the place.
 * @param faults as TypeBox tells them
 * @example { kind: 'formula', expression: '' } → that the expression is empty, and not that `linear` knows no expression
 */
export function closestFaults<F extends Fault>(faults: readonly F[]): F[] {
  const left = new Set(faults);
  const places = faults.filter((fault) => fault.keyword === 'anyOf');
  // From within: what stands inside an alternative is settled before it is judged.
  for (const place of places.toSorted((a, b) => b.schemaPath.length - a.schemaPath.length)) {
    const start = `${place.schemaPath}/anyOf/`;
    const inside = [...left].filter(
      (fault) =>
        fault !== place &&
        fault.schemaPath.startsWith(start) &&
        (fault.instancePath === place.instancePath || fault.instancePath.startsWith(`${place.instancePath}/`)),
    );
    const alternatives = Map.groupBy(inside, (fault) => fault.schemaPath.slice(start.length).split('/')[0]);
    const meant = [...alternatives.values()].filter(
      (each) => !each.some((fault) => isOther(fault, place.instancePath)),
    );
    const [only] = meant.length === 1 ? meant : [];
    for (const fault of inside) if (!only?.includes(fault)) left.delete(fault);
    if (only) left.delete(place);
  }
  return [...left];
}
