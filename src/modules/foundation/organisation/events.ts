/** Units were merged, split, renamed or abolished. Payload `{successionId, kind, date, from: unitId[], to: unitId[]}`; key: the succession's id. */
export const UNITS_SUCCEEDED = 'organisation.units-succeeded';

/** A role, position or person changed. Payload `{staffId}`; key: the person's id. Sessions and caches of rights look again. */
export const STAFF_CHANGED = 'organisation.staff-changed';
