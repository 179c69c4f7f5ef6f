import path from 'node:path';
import { CONTENT_DIR, readYaml, yamlFilesIn } from '../reference/index.ts';
import { checkContentUnits } from './rules/check-content.ts';
import { checkRoles, RoleFile } from './rules/role-content.ts';
import {
  type ContentSuccession,
  type ContentUnit,
  expandUnitFile,
  OfficeFile,
  officesOf,
  UnitFile,
} from './rules/unit-content.ts';

export type OrganisationContent = {
  readonly units: readonly ContentUnit[];
  readonly successions: readonly ContentSuccession[];
  readonly offices: OfficeFile;
};

/**
 * Reads `content/units`: territories, their successions, and the offices below them.
 * @throws Error naming what does not fit.
 */
export function readOrganisationContent(dir = path.join(CONTENT_DIR, 'units')): OrganisationContent {
  const officesFile = path.join(dir, 'offices.yaml');
  const expanded = yamlFilesIn(dir)
    .filter((file) => file !== officesFile)
    .map((file) => expandUnitFile(readYaml(file, UnitFile)));
  const territories = expanded.flatMap((e) => e.units);
  const successions = expanded.flatMap((e) => e.successions);
  const offices = readYaml(officesFile, OfficeFile);
  const byKey = new Map(territories.map((unit) => [unit.key, unit]));
  const below = offices.apply.flatMap(({ template: name, units }) =>
    units.flatMap((key) => {
      const [template, unit] = [offices.templates[name], byKey.get(key)];
      if (!template || !unit) throw new Error(`offices.yaml: ${template ? key : name} không có`);
      return officesOf(template, unit);
    }),
  );
  const units = [...territories, ...below];
  const problems = checkContentUnits(units, successions);
  if (problems.length > 0) throw new Error(`content/units: ${problems.slice(0, 10).join('; ')}`);
  return { units, successions, offices };
}

/** Reads `content/roles.yaml`. @throws Error naming permissions that are not declared or not used. */
export function readRoles(file = path.join(CONTENT_DIR, 'roles.yaml')): RoleFile {
  const roles = readYaml(file, RoleFile);
  const problems = checkRoles(roles);
  if (problems.length > 0) throw new Error(`roles.yaml: ${problems.join('; ')}`);
  return roles;
}
