import type { AuditLine } from '../../../../modules/foundation/audit/contract.ts';
import { AUDIT_ACTIONS } from '../../../../modules/foundation/audit/rules/actions.ts';
import type { Translate } from '../../../shared/i18n/translator.ts';
import { type CsvColumn, saveText, toCsv } from '../../data/csv.ts';
import { showShortInstant } from '../../data/format.ts';

/** A word by its key; empty where nobody wrote one. */
function wordOf(t: Translate, key: string): string {
  const text = t(key);
  return text === key ? '' : text;
}

/** An act in words; empty where only its code is known. */
export const actionText = (t: Translate, action: string): string => wordOf(t, `console.audit.act.${action}`);

/** What kind of thing an act was about, in words or by its code. */
export const objectText = (t: Translate, type: string): string =>
  wordOf(t, `console.audit.object-type.${type}`) || type;

/** What an act was about: its name, the list somebody read, or its id. */
export const objectName = (t: Translate, line: Pick<AuditLine, 'objectType' | 'objectId' | 'objectName'>): string =>
  line.objectName ||
  (line.objectType.endsWith('-list') && wordOf(t, `console.audit.list.${line.objectId}`)) ||
  line.objectId;

/** Who acted: name and title of staff, the kind of everybody else. */
export function actorText(t: Translate, line: Pick<AuditLine, 'actor' | 'actorName'>): string {
  if (line.actorName) return line.actorName;
  return wordOf(t, `console.audit.who.${line.actor.split(':')[0]}`) || line.actor;
}

/** What to choose acts from: each group as a whole, then its acts. */
export function actionOptions(t: Translate): { value: string; label: string }[] {
  return Object.entries(AUDIT_ACTIONS).flatMap(([group, names]) => {
    const word = t(`console.audit.group.${group}`);
    const one = names.map((name) => ({ value: `${group}.${name}`, label: actionText(t, `${group}.${name}`) }));
    return [{ value: `${group}.*`, label: t('console.audit.whole-group', { group: word }) }, ...one];
  });
}

/** Lines as a file for spreadsheets; details as JSON. */
export function saveLines(t: Translate, lines: readonly AuditLine[]): void {
  const columns: CsvColumn<AuditLine>[] = [
    { label: t('console.audit.at'), value: (line) => showShortInstant(line.occurredAt) },
    { label: t('console.audit.action'), value: (line) => actionText(t, line.action) },
    { label: t('console.audit.code'), value: (line) => line.action },
    { label: t('console.audit.actor'), value: (line) => actorText(t, line) },
    { label: t('console.audit.address'), value: (line) => line.address },
    { label: t('console.audit.object'), value: (line) => objectText(t, line.objectType) },
    { label: t('console.audit.objectId'), value: (line) => objectName(t, line) },
    { label: t('console.audit.payload'), value: (line) => (line.payload ? JSON.stringify(line.payload) : '') },
  ];
  saveText('nhat-ky.csv', toCsv(columns, lines));
}
