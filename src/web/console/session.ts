import { queryOptions, useQuery } from '@tanstack/react-query';
import { getMe, signIn, signOut } from '../../modules/foundation/identity/contract.ts';
import { call } from './api.ts';

/** The signed-in member of staff, as screens use it. */
export interface Me {
  displayName: string;
  login: string;
  staffId: string;
  /** Set while she still uses the one-time password she was given. */
  mustChangePassword: boolean;
  totpEnabled: boolean;
  /** What has to be done before anything else is open to her: a new password, or enrolling one-time codes. */
  heldBack: 'password' | 'second-factor' | undefined;
  homeUnitId: string;
  unitIds: readonly string[];
  /** Units of the current posts with the names they bear today. */
  units: readonly { id: string; name: string }[];
  roles: readonly string[];
  /** Absent colleagues she acts for now. */
  actingFor: readonly { staffId: string; displayName: string }[];
  /** permission → units it holds for. */
  permissions: Readonly<Record<string, readonly string[]>>;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => toMe(await call(getMe, {}, { askSignIn: false })),
  staleTime: 60_000,
});

/** Reads what `/api/me` answers; null for anybody who is not staff. */
export function toMe(reply: unknown): Me | null {
  if (!isRecord(reply) || reply.kind !== 'staff') return null;
  return {
    displayName: typeof reply.displayName === 'string' ? reply.displayName : '',
    homeUnitId: typeof reply.homeUnitId === 'string' ? reply.homeUnitId : '',
    unitIds: strings(reply.unitIds),
    units: unitsOf(reply.positions),
    login: typeof reply.login === 'string' ? reply.login : '',
    staffId: typeof reply.staffId === 'string' ? reply.staffId : '',
    mustChangePassword: reply.mustChangePassword === true,
    totpEnabled: reply.totpEnabled === true,
    heldBack: reply.heldBack === 'password' || reply.heldBack === 'second-factor' ? reply.heldBack : undefined,
    roles: strings(reply.roles),
    actingFor: actingOf(reply.actingFor),
    permissions: permissionsOf(reply.permissions),
  };
}

function unitsOf(value: unknown): { id: string; name: string }[] {
  if (!Array.isArray(value)) return [];
  const units = new Map<string, { id: string; name: string }>();
  for (const item of value) {
    if (isRecord(item) && typeof item.unitId === 'string' && typeof item.unitName === 'string')
      units.set(item.unitId, { id: item.unitId, name: item.unitName });
  }
  return [...units.values()];
}

function actingOf(value: unknown): { staffId: string; displayName: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) =>
    isRecord(item) && typeof item.staffId === 'string' && typeof item.displayName === 'string'
      ? [{ staffId: item.staffId, displayName: item.displayName }]
      : [],
  );
}

function permissionsOf(value: unknown): Record<string, readonly string[]> {
  const out: Record<string, readonly string[]> = {};
  if (Array.isArray(value)) {
    for (const item of value) {
      if (isRecord(item) && typeof item.permission === 'string') out[item.permission] = strings(item.unitIds);
      else if (typeof item === 'string') out[item] = [];
    }
    return out;
  }
  if (!isRecord(value)) return out;
  for (const [permission, units] of Object.entries(value)) out[permission] = strings(units);
  return out;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Who works here; undefined while not known yet. */
export function useMe(): Me | null | undefined {
  return useQuery(meQuery).data;
}

/** True where the person holds the permission for some unit, or for the given one. */
export function mayDo(me: Me | null | undefined, permission: string, unitId?: string): boolean {
  const units = me?.permissions[permission];
  if (!units) return false;
  return unitId === undefined || units.includes(unitId);
}

export async function sendSignIn(input: { login: string; password: string; code?: string }): Promise<void> {
  await call(signIn, { body: input }, { askSignIn: false });
}

export async function sendSignOut(): Promise<void> {
  await call(signOut, {}, { askSignIn: false });
}
