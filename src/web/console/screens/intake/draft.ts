import { parseTypedDate } from '../../../../core/forms/read-date.ts';
import type { IntakeBodyType, PartySnapshotType } from '../../../../modules/onestop/dossiers/contract.ts';
import { createStore } from '../../store.ts';

/** A file that is stored and waits to be attached. */
export interface StoredFile {
  id: string;
  name: string;
}

/** One paper as the clerk ticked it. */
export interface PaperDraft {
  provided: boolean;
  originals: number;
  copies: number;
  files: StoredFile[];
}

/** A person as typed: dates as written, empty texts for what was not said. */
export interface PersonDraft {
  personId: string | null;
  fullName: string;
  subjectType: PartySnapshotType['subjectType'];
  idType: string;
  idNumber: string;
  birthDate: string;
  gender: string;
  phone: string;
  email: string;
  address: string;
}

/** Everything on the intake screen that is not saved yet. */
export interface IntakeDraft {
  /** Made with the draft: pressing twice, or again after a lost answer, makes one dossier. */
  key: string;
  procedureCode: string;
  caseId: string;
  channel: 'desk' | 'post';
  owner: PersonDraft;
  /** What was typed about the owner in her own block; the rest may follow the form. */
  ownerTyped: readonly (keyof PersonDraft)[];
  /** Who brings the papers, when it is not the owner. */
  submitter: PersonDraft | null;
  formValues: Record<string, unknown>;
  papers: Readonly<Record<string, PaperDraft>>;
  resultMethod: IntakeBodyType['resultMethod'];
  resultAddress: string;
  subject: string;
}

/** Nobody yet: a citizen with an identity card, as most are. */
export const EMPTY_PERSON: PersonDraft = {
  personId: null,
  fullName: '',
  subjectType: 'citizen',
  idType: 'cccd',
  idNumber: '',
  birthDate: '',
  gender: '',
  phone: '',
  email: '',
  address: '',
};

/** A fresh draft; desk and channel stay as they were, the next person stands at the same desk. */
export function newDraft(channel: 'desk' | 'post' = 'desk'): IntakeDraft {
  return {
    key: crypto.randomUUID(),
    procedureCode: '',
    caseId: '',
    channel,
    owner: EMPTY_PERSON,
    ownerTyped: [],
    submitter: null,
    formValues: {},
    papers: {},
    resultMethod: 'desk',
    resultAddress: '',
    subject: '',
  };
}

/** The draft lives outside the screen: looking up another dossier in between loses nothing. Never stored on the disk. */
export const intakeDraft = createStore<IntakeDraft>(newDraft());

/** Writes members of the draft. */
export function changeDraft(patch: Partial<IntakeDraft>): void {
  intakeDraft.set({ ...intakeDraft.get(), ...patch });
}

function snapshotOf(person: PersonDraft): PartySnapshotType {
  const text = (value: string): string | null => (value.trim() === '' ? null : value.trim());
  const typedDay = person.birthDate.trim();
  return {
    fullName: person.fullName.trim(),
    subjectType: person.subjectType,
    idType: person.idNumber.trim() === '' ? null : person.idType,
    idNumber: text(person.idNumber.replaceAll(/\s/g, '')),
    birthDate: typedDay === '' ? null : (parseTypedDate(typedDay) ?? typedDay).slice(0, 10),
    gender: text(person.gender),
    phone: text(person.phone),
    email: text(person.email),
    address: text(person.address),
  };
}

/** The request of a draft. A preview before the name is typed asks with a dash in its place. */
export function toIntakeBody(draft: IntakeDraft, unitId: string, forward: boolean): IntakeBodyType {
  const party = (role: 'owner' | 'submitter', person: PersonDraft) => {
    const snapshot = snapshotOf(person);
    return { role, personId: person.personId, snapshot: { ...snapshot, fullName: snapshot.fullName || '–' } };
  };
  return {
    procedureCode: draft.procedureCode,
    caseId: draft.caseId === '' ? null : draft.caseId,
    channel: draft.channel,
    unitId,
    parties: [party('owner', draft.owner), ...(draft.submitter ? [party('submitter', draft.submitter)] : [])],
    formValues: draft.formValues,
    components: Object.entries(draft.papers).map(([code, paper]) => ({
      code,
      provided: paper.provided,
      originals: paper.originals,
      copies: paper.copies,
      fileIds: paper.files.map((file) => file.id),
      source: paper.files.length > 0 ? ('file' as const) : ('paper' as const),
    })),
    resultMethod: draft.resultMethod,
    resultAddress: draft.resultMethod === 'desk' ? null : draft.resultAddress.trim() || null,
    ...(draft.subject.trim() === '' ? {} : { subject: draft.subject.trim() }),
    forward,
  };
}
