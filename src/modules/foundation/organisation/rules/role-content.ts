import { type Static, Type } from 'typebox';
import type { Reach } from './unit-directory.ts';

/** `content/roles.yaml`: permissions with their Vietnamese names, roles as sets of permissions. */
export const RoleFile = Type.Object(
  {
    permissions: Type.Record(Type.String({ pattern: '^[a-z]+\\.[a-z-]+$' }), Type.String({ minLength: 1 })),
    /** Permissions that only a sign-in with two factors gives. */
    secondFactor: Type.Array(Type.String(), { uniqueItems: true }),
    roles: Type.Record(
      Type.String({ pattern: '^[a-z-]+$' }),
      Type.Object(
        {
          name: Type.String({ minLength: 1 }),
          reach: Type.Unsafe<Reach>(
            Type.Union([Type.Literal('unit'), Type.Literal('authority'), Type.Literal('subtree')]),
          ),
          permissions: Type.Array(Type.String(), { minItems: 1 }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type RoleFile = Static<typeof RoleFile>;

/** Permissions that roles use but nobody declared, and the other way round. */
export function checkRoles(file: RoleFile): readonly string[] {
  const declared = new Set(Object.keys(file.permissions));
  const used = new Set(Object.values(file.roles).flatMap((role) => role.permissions));
  return [
    ...[...used].filter((p) => !declared.has(p)).map((p) => `quyền ${p} chưa được khai báo`),
    ...file.secondFactor.filter((p) => !declared.has(p)).map((p) => `quyền ${p} chưa được khai báo`),
    ...[...declared].filter((p) => !used.has(p)).map((p) => `quyền ${p} không vai trò nào dùng`),
  ];
}
