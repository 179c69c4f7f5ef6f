import { words } from '../../../platform/messages/words.ts';
/** Reason of the withdrawal the system makes when a dossier ends before the decision. */
export const ENDED_MEANWHILE = words('server.apology.ended-meanwhile');

/** Reason of the withdrawal of a draft whose dossier was exempted. */
export const EXEMPTED = words('server.apology.exempted');
