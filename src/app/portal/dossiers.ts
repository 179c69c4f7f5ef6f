import type { Actor } from '../../core/access/actor.ts';
import { parseInstant } from '../../core/time/index.ts';
import type { FilesService } from '../../modules/foundation/files/index.ts';
import {
  type OwnerAccess as Access,
  type DossierPageType,
  type DossierService,
  dossierScope,
  type IntakeReplyType,
  type PublicDossier,
  provenScope,
} from '../../modules/onestop/dossiers/index.ts';
import type {
  DossierPort,
  OwnDossier,
  OwnerAccess,
  PortalStoryLine,
  PublicDossier as ShownDossier,
} from '../../modules/onestop/portal/index.ts';
import { renderSlip, type SlipKind } from '../../modules/onestop/slips/index.ts';
import type { Renderer } from '../../platform/documents/renderer.ts';
import { AppError } from '../../platform/errors/app-error.ts';

type Deps = {
  readonly dossiers: DossierService;
  readonly files: FilesService;
  readonly renderer: Renderer;
  readonly publicUrl: string;
};

const at = (text: string): Date => parseInstant(text) ?? new Date(text);
const maybe = (text: string | null): Date | null => (text === null ? null : at(text));

function accessOf(access: OwnerAccess): Access {
  const actor: Actor = access.actor;
  return { actor, scope: 'provenDossierId' in access ? provenScope(access.provenDossierId) : dossierScope(actor) };
}

function shown(dossier: PublicDossier): ShownDossier {
  return {
    code: dossier.code,
    procedureName: dossier.procedureName,
    unitName: dossier.unitName,
    status: dossier.status as ShownDossier['status'],
    submittedAt: at(dossier.submittedAt),
    receivedAt: maybe(dossier.receivedAt),
    dueAt: maybe(dossier.dueAt),
    endedAt: maybe(dossier.endedAt),
    returnedAt: maybe(dossier.returnedAt),
  };
}

/** Notes the owner may read: what was asked of them or decided about them. Notes between officials stay inside. */
const PUBLIC_NOTES = new Set([
  'completion-requested',
  'refused',
  'supplement-requested',
  'finance-requested',
  'suspended',
  'stopped',
  'withdrawn',
]);
const OWNER_SLIPS: readonly SlipKind[] = ['RECEIPT', 'SUPPLEMENT', 'REFUSAL', 'STOP'];

function storyOf(page: DossierPageType): PortalStoryLine[] {
  return page.history
    .filter((line) => line.kind !== 'opened' && line.kind !== 'assigned')
    .map((line) => ({
      seq: line.seq,
      at: at(line.at),
      text: line.text,
      note: PUBLIC_NOTES.has(line.kind) ? line.note : null,
    }));
}

const ownerSlips = (page: DossierPageType): { kind: SlipKind; title: string }[] =>
  page.slips.flatMap((slip) => {
    const kind = OWNER_SLIPS.find((k) => k === slip.kind);
    return kind ? [{ kind, title: slip.title }] : [];
  });

const resultAvailable = (page: DossierPageType): boolean => page.result?.issuedAt != null;

function ownOf(page: DossierPageType, rating: number | null): OwnDossier {
  const open = page.supplements.find((s) => s.answeredAt === null);
  const legal = ['complete', 'accept-supplement', 'withdraw'] as const;
  return {
    id: page.row.id,
    version: page.version,
    code: page.row.code,
    procedureName: page.procedure.name,
    unitName: page.decidedBy.name,
    receivedByName: page.receivedBy.name,
    status: page.row.status as OwnDossier['status'],
    submittedAt: at(page.submittedAt),
    receivedAt: maybe(page.receivedAt),
    dueAt: maybe(page.dueCurrent),
    endedAt: maybe(page.endedAt),
    returnedAt: maybe(page.returnedAt),
    resultMethod: page.resultMethod,
    formLines: page.formLines,
    components: page.components.filter((c) => c.provided).map(({ code, name, files }) => ({ code, name, files })),
    fees: page.fees,
    slips: ownerSlips(page).map((slip, seq) => ({ seq, title: slip.title })),
    story: storyOf(page),
    request: open ? { reason: open.reason, deadline: open.deadline, items: open.items } : null,
    commands: legal.filter((kind) => page.commands.some((command) => command.kind === kind)),
    result: page.result
      ? {
          title: page.result.title,
          number: page.result.number,
          issuedAt: maybe(page.result.issuedAt),
          available: resultAvailable(page),
        }
      : null,
    rating,
  };
}

/** What the portal asks of dossiers, through their door. */
export function createDossierPort({ dossiers, files, renderer, publicUrl }: Deps): DossierPort {
  const print = async (access: Access, id: string, kind: SlipKind, title: string) => {
    const order = await dossiers.owner.slip(access, id, kind, publicUrl);
    const slip = await renderSlip(renderer, order as never);
    return { name: `${title} ${order.code}.pdf`, mime: 'application/pdf', size: slip.pdf.length, content: slip.pdf };
  };
  return {
    async file(actor, filing, idempotencyKey, also) {
      const { fileOwner, revisionId: _revision, parties, components, ...body } = filing;
      const filed = (made: IntakeReplyType) => ({ id: made.id, code: made.code, submittedAt: at(made.submittedAt) });
      const made = await dossiers.fileOnline(
        actor,
        { ...body, channel: 'online', parties: [...parties], components: [...components] },
        { idempotencyKey, filesFrom: fileOwner, also: (reply) => also(filed(reply)) },
      );
      return filed(made);
    },
    async listOwn(actor, cursor) {
      const page = await dossiers.owner.list({ actor, scope: dossierScope(actor) }, cursor);
      return {
        rows: page.rows.map((row) => ({
          id: row.id,
          code: row.code,
          procedureName: row.procedureName,
          status: row.status as OwnDossier['status'],
          submittedAt: at(row.submittedAt),
          dueAt: maybe(row.dueAt),
        })),
        nextCursor: page.nextCursor,
      };
    },
    async getOwn(asked, id) {
      const access = accessOf(asked);
      const page = await dossiers.owner.page(access, id);
      return ownOf(page, await dossiers.owner.rating(access, id));
    },
    async answer(asked, id, version, answer) {
      await dossiers.owner.answer(accessOf(asked), id, version, answer);
    },
    async withdraw(asked, id, version, reason) {
      await dossiers.owner.withdraw(accessOf(asked), id, version, reason);
    },
    async rate(asked, id, score, comment) {
      await dossiers.owner.rate(accessOf(asked), id, score, comment.trim() || null);
    },
    async openFile(asked, id, fileId) {
      await dossiers.owner.checkFile(accessOf(asked), id, fileId);
      const file = await files.openReference(fileId);
      if (file.reference.owner.type !== 'dossier' || file.reference.owner.id !== id) throw new AppError('row/missing');
      return { name: file.reference.name, mime: file.reference.mime, size: file.reference.size, content: file.content };
    },
    async openSlip(asked, id, seq) {
      const access = accessOf(asked);
      const slip = ownerSlips(await dossiers.owner.page(access, id))[seq];
      if (!slip) throw new AppError('row/missing');
      return print(access, id, slip.kind, slip.title);
    },
    async openResult(asked, id) {
      const access = accessOf(asked);
      const page = await dossiers.owner.page(access, id);
      if (!resultAvailable(page)) throw new AppError('row/missing');
      return print(access, id, 'RESULT', page.result?.title ?? 'Kết quả');
    },
    async findPublic(code) {
      const found = await dossiers.findPublic(code);
      return found && shown(found);
    },
    async follow(actor, code, digits) {
      try {
        const found = await dossiers.follow(actor, code, digits);
        return {
          ...shown(found),
          story: found.history.map((line, seq) => ({ seq, at: at(line.at), text: line.text, note: null })),
        };
      } catch (error) {
        if (error instanceof AppError && error.code === 'row/missing') return undefined;
        throw error;
      }
    },
  };
}
