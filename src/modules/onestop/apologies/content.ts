import path from 'node:path';
import Type from 'typebox';
import type { Day } from '../../../core/time/index.ts';
import { CONTENT_DIR, readYaml } from '../../foundation/reference/index.ts';

const ReasonFile = Type.Object(
  {
    reasons: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[a-z0-9-]+$' }),
          name: Type.String({ minLength: 1, maxLength: 200 }),
          validFrom: Type.String(),
          validTo: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    source: Type.String(),
    verified: Type.Boolean(),
  },
  { additionalProperties: false },
);

export type Reason = { readonly code: string; readonly name: string };

let loaded: readonly (Reason & { validFrom: string; validTo?: string })[] | undefined;
const all = () => {
  loaded ??= readYaml(path.join(CONTENT_DIR, 'apologies/reasons.yaml'), ReasonFile).reasons;
  return loaded;
};

/** Categories of reasons that may be chosen on a day; both ends of their periods inclusive. */
export function reasonsOn(day: Day): readonly Reason[] {
  return all()
    .filter((reason) => reason.validFrom <= day && (reason.validTo === undefined || day <= reason.validTo))
    .map(({ code, name }) => ({ code, name }));
}

/** Name of a category, also of one no longer chosen. */
export function reasonName(code: string | null): string {
  return all().find((reason) => reason.code === code)?.name ?? '';
}

const ExemptionFile = Type.Object(
  {
    reasons: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[a-z0-9-]+$' }),
          name: Type.String({ minLength: 1, maxLength: 200 }),
          evidence: Type.Union([Type.Literal('file'), Type.Literal('text')]),
          validFrom: Type.String(),
          validTo: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    source: Type.String(),
    verified: Type.Boolean(),
  },
  { additionalProperties: false },
);

/** A kind of reason for an exemption; `needsFile`: words alone do not show it. */
export type ExemptionReason = Reason & { readonly needsFile: boolean };

let exemptions: readonly (ExemptionReason & { validFrom: string; validTo?: string | undefined })[] | undefined;
const allExemptions = () => {
  exemptions ??= readYaml(path.join(CONTENT_DIR, 'apologies/exemptions.yaml'), ExemptionFile).reasons.map(
    ({ evidence, ...reason }) => ({ ...reason, needsFile: evidence === 'file' }),
  );
  return exemptions;
};

/** Kinds that may be chosen on a day; both ends of their periods inclusive. */
export function exemptionReasonsOn(day: Day): readonly ExemptionReason[] {
  return allExemptions()
    .filter((reason) => reason.validFrom <= day && (reason.validTo === undefined || day <= reason.validTo))
    .map(({ code, name, needsFile }) => ({ code, name, needsFile }));
}

/** Name of a kind, also of one no longer chosen. */
export function exemptionReasonName(code: string | null): string {
  return allExemptions().find((reason) => reason.code === code)?.name ?? '';
}

const NoticeFile = Type.Object(
  { subject: Type.String({ minLength: 1, maxLength: 150 }), body: Type.String({ minLength: 1, maxLength: 4000 }) },
  { additionalProperties: false },
);
let notice: { readonly subject: string; readonly body: string } | undefined;

/** What the citizen is told with the paper: `content/templates/notices/apology.yaml`. */
export function noticeTemplate(): { readonly subject: string; readonly body: string } {
  notice ??= readYaml(path.join(CONTENT_DIR, 'templates/notices/apology.yaml'), NoticeFile);
  return notice;
}
