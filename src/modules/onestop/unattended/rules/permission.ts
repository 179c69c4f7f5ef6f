/** Permission for the step of a role: what whoever takes it over must hold at the unit. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  receiver: 'dossier.receive',
  officer: 'dossier.process',
  'head-of-office': 'dossier.review',
  chairman: 'dossier.approve',
  clerk: 'dossier.number',
  returner: 'dossier.hand-over',
};

/** @example permissionOfRole('officer') === 'dossier.process'; a role without one of its own is the officers'. */
export const permissionOfRole = (role: string): string => PERMISSIONS[role] ?? 'dossier.process';
