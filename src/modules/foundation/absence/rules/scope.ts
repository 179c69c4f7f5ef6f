type Rights = ReadonlyMap<string, ReadonlySet<string>>;

/** What is handed over with an absence. */
export type ActingScope = {
  /** Units it is for, offices included; null: all. */
  readonly units: ReadonlySet<string> | null;
  /** Permissions it is for; null: all that may be handed over. */
  readonly permissions: readonly string[] | null;
  /** Also permissions to sign. */
  readonly signing: boolean;
};

/** Permissions with a rule of their own (`content/absence`). */
export type Reserved = { readonly signing: readonly string[]; readonly never: readonly string[] };

/**
 * What the acting person may do of what the absent one may: never more, nothing `never` handed over, signing only where
 * it was. A permission left without a unit is left out.
 */
export function lentRights(rights: Rights, scope: ActingScope, reserved: Reserved): Rights {
  const lent = new Map<string, ReadonlySet<string>>();
  for (const [permission, units] of rights) {
    if (reserved.never.includes(permission)) continue;
    if (!scope.signing && reserved.signing.includes(permission)) continue;
    if (scope.permissions && !scope.permissions.includes(permission)) continue;
    const kept = [...units].filter((unit) => scope.units === null || scope.units.has(unit));
    if (kept.length > 0) lent.set(permission, new Set(kept));
  }
  return lent;
}

/** Own rights and lent ones together. */
export function joinRights(...all: readonly Rights[]): Rights {
  const joined = new Map<string, Set<string>>();
  for (const rights of all) {
    for (const [permission, units] of rights) {
      const set = joined.get(permission) ?? new Set();
      for (const unit of units) set.add(unit);
      joined.set(permission, set);
    }
  }
  return joined;
}
