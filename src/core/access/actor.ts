/** Who acts. Every reading and writing function of a service takes an actor (or a scope made from one). */
export type StaffActor = {
  readonly kind: 'staff';
  readonly accountId: string;
  readonly staffId: string;
  readonly displayName: string;
  /** Unit of the primary position. */
  readonly homeUnitId: string;
  /** Units of all current positions (concurrent posts included). */
  readonly unitIds: readonly string[];
  /** Role codes held now, e.g. `receiver`, `officer`. */
  readonly roles: readonly string[];
  /** permission → units it holds for, descendants already expanded. */
  readonly unitsByPermission: ReadonlyMap<string, ReadonlySet<string>>;
  /** Unit → units that are no more and whose dossiers are read where its own are; absent: none. Of all units, not only the actor's. */
  readonly formerUnits?: ReadonlyMap<string, readonly string[]>;
  /** `password` (one factor) or `password+totp` (two factors): recorded with every act. */
  readonly assurance: 'password' | 'password+totp';
  readonly address: string;
  /** Absent colleagues the person acts for now. What is held for them stands in `unitsByPermission` beside the own. */
  readonly actingFor?: readonly Acting[];
  /** What the person holds by own roles alone; absent where nobody is acted for. */
  readonly ownUnitsByPermission?: ReadonlyMap<string, ReadonlySet<string>>;
  /** What has to be done first: until then the session holds nothing and reaches only its own account. */
  readonly heldBack?: HeldBack;
};

/** An absent colleague (làm thay) and what may be done for them: permission → units, never more than they hold themselves. */
export type Acting = {
  readonly absenceId: string;
  readonly staffId: string;
  readonly displayName: string;
  /** When the acting ends; exclusive. */
  readonly until: Date;
  readonly unitsByPermission: ReadonlyMap<string, ReadonlySet<string>>;
};

/** `password`: the one-time password is to be changed; `second-factor`: a role asks for one-time codes. */
export type HeldBack = 'password' | 'second-factor';

export type CitizenActor = {
  readonly kind: 'citizen';
  readonly accountId: string;
  /** Identifier given by the identity provider (OIDC `sub`). */
  readonly subject: string;
  readonly fullName: string;
  readonly idNumber: string | null;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** Level told by the identity provider, e.g. `loa1`, `loa2`. */
  readonly assurance: string;
  readonly address: string;
};

/** Somebody who has not signed in. */
export type GuestActor = { readonly kind: 'guest'; readonly assurance: 'none'; readonly address: string };

/** The installation itself: timers, imports, subscribers. */
export type SystemActor = { readonly kind: 'system'; readonly name: string; readonly assurance: 'system' };

export type Actor = StaffActor | CitizenActor | GuestActor | SystemActor;

/** Stable reference written into logs: `staff:<staffId>`, `citizen:<accountId>`, `guest`, `system:<name>`. No name, no number. */
export function actorRef(actor: Actor): string {
  switch (actor.kind) {
    case 'staff':
      return `staff:${actor.staffId}`;
    case 'citizen':
      return `citizen:${actor.accountId}`;
    case 'guest':
      return 'guest';
    case 'system':
      return `system:${actor.name}`;
  }
}

/** True where the actor holds the permission for at least one unit, or for the given unit. */
export function holds(actor: Actor, permission: string, unitId?: string): boolean {
  if (actor.kind !== 'staff') return false;
  const units = actor.unitsByPermission.get(permission);
  if (!units) return false;
  return unitId === undefined ? units.size > 0 : units.has(unitId);
}

/** Units for which the actor holds a permission; empty for everybody who is not staff. */
export function unitsFor(actor: Actor, permission: string): readonly string[] {
  if (actor.kind !== 'staff') return [];
  return [...(actor.unitsByPermission.get(permission) ?? [])];
}

/**
 * Units whose dossiers the actor may read by a permission: those it is held for, and the former units whose dossiers are
 * read there. For reading what is past; work is done for `unitsFor` alone.
 */
export function readingUnitsFor(actor: Actor, permission: string): readonly string[] {
  const units = unitsFor(actor, permission);
  const former = actor.kind === 'staff' ? actor.formerUnits : undefined;
  return former ? [...new Set([...units, ...units.flatMap((id) => former.get(id) ?? [])])] : units;
}

/** True where the actor acts for the person with this permission at this unit. */
export function standsInFor(actor: Actor, staffId: string, permission: string, unitId: string): boolean {
  if (actor.kind !== 'staff') return false;
  return (actor.actingFor ?? []).some(
    (acting) => acting.staffId === staffId && (acting.unitsByPermission.get(permission)?.has(unitId) ?? false),
  );
}
