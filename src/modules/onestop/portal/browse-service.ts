import { uuidv7 } from '../../../core/ids/uuid.ts';
import { dayOf, formatInstant, toIso } from '../../../core/time/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { addressKey } from '../../foundation/identity/index.ts';
import { statusName } from '../dossiers/rules/status.ts';
import type { PublicApologyService } from './apology-service.ts';
import { type PortalDeps, today, type Visitor } from './context.ts';
import { countFailures, forgetFailures, noteFailure, takeBackFailure } from './follow-store.ts';
import type { PortalProcedure, PublicDossier } from './ports.ts';
import { orderBoard, readBoardOrder } from './rules/board-order.ts';
import { ratesOf } from './rules/board-rates.ts';
import type { BoardFigures, BoardView, HomeView, ProceduresView, ProcedureView } from './rules/browse-views.ts';
import type { CheckCodeView, DossierDates, TrackedView } from './rules/dossier-views.ts';
import { decideFilingOffer, type FilingOffer } from './rules/filing-offer.ts';
import { readCode } from './rules/follow-facts.ts';
import { DAY_MINUTES, decideFollowTry, isGuessableFact, RECENT_MINUTES } from './rules/limits.ts';
import { monthsBack } from './rules/months.ts';
import { procedureView, summaryOf } from './rules/procedure-views.ts';
import { decideNext, toneOf } from './rules/progress.ts';
import { storyLines } from './rules/story.ts';
import { forgetOldVisits } from './visit-guard.ts';

const PAGE_SIZE = 20;
/** The home page names nobody and is the same for all: it is drawn from facts at most this old. */
const HOME_KEPT_MS = 5_000;

const LEVELS = [
  { code: 'xa', name: 'Cấp xã' },
  { code: 'huyen', name: 'Cấp huyện' },
  { code: 'tinh', name: 'Cấp tỉnh' },
  { code: 'bo', name: 'Cấp bộ' },
];

export type BrowseService = ReturnType<typeof createBrowseService>;

/** What anybody may read on the portal. */
export function createBrowseService(deps: PortalDeps, apologies: PublicApologyService) {
  const { ports, clock, db } = deps;

  let keptHome: { readonly view: HomeView; readonly until: number } | undefined;

  function offerOf(procedure: PortalProcedure): FilingOffer {
    const { definition } = procedure;
    const online = definition.channels.online && definition.onlineLevel !== 'none';
    return decideFilingOffer(
      { online, guestFiling: definition.guestFiling },
      ports.place.channelRegime(today(deps)),
      ports.place.site().training,
    );
  }

  /** The published revision in force, with where filing leads. @throws row/missing */
  async function getProcedure(code: string): Promise<{ procedure: PortalProcedure; offer: FilingOffer }> {
    const procedure = /^[1-9]\.\d{6}$/.test(code) ? await ports.catalogue.find(code, today(deps)) : undefined;
    if (!procedure) throw new AppError('row/missing');
    return { procedure, offer: offerOf(procedure) };
  }

  async function boardOf(month: string) {
    const rows = await ports.board.monthly(month);
    return { rows, total: sum(rows) };
  }

  return {
    /** What a dossier code looks like these days. */
    codeExample: (): string | null => ports.place.codeExample(today(deps)) ?? null,
    offerOf,
    getProcedure,

    async home(): Promise<HomeView> {
      if (keptHome && performance.now() < keptHome.until) return keptHome.view;
      const day = today(deps);
      const month = day.slice(0, 7);
      const [popular, fields, board] = await Promise.all([
        ports.catalogue.popular(day, 8),
        ports.catalogue.fields(day),
        boardOf(month),
      ]);
      const regime = ports.place.channelRegime(day);
      const offer = decideFilingOffer({ online: true, guestFiling: false }, regime, ports.place.site().training);
      const view: HomeView = {
        popular: popular.map(({ definition }) => summaryOf(definition)),
        fields,
        board: board.rows.length === 0 ? null : { month: monthText(month), figures: board.total },
        filesHere: offer.kind === 'local',
      };
      keptHome = { view, until: performance.now() + HOME_KEPT_MS };
      return view;
    },

    async procedures(query: { q: string; fieldCode: string; level: string; page: number }): Promise<ProceduresView> {
      const day = today(deps);
      const page = Math.max(1, query.page);
      const search = { q: query.q, fieldCode: query.fieldCode, level: query.level, day };
      const [found, fields] = await Promise.all([
        ports.catalogue.search({ ...search, offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
        ports.catalogue.fields(day),
      ]);
      return {
        ...query,
        page,
        pageCount: Math.max(1, Math.ceil(found.total / PAGE_SIZE)),
        total: found.total,
        rows: found.rows.map(({ definition }) => summaryOf(definition)),
        fields: fields.map(({ code, name }) => ({ code, name })),
        levels: LEVELS,
      };
    },

    async procedure(code: string): Promise<ProcedureView> {
      const { procedure, offer } = await getProcedure(code);
      return procedureView(procedure.definition, procedure.form?.title ?? null, offer);
    },

    async board(wanted: string, orderText = ''): Promise<BoardView> {
      const current = today(deps).slice(0, 7);
      const first = (await ports.board.firstMonth()) ?? current;
      const months = monthsBack(current, first);
      const month = months.includes(wanted) ? wanted : current;
      const order = readBoardOrder(orderText);
      const { rows, total } = await boardOf(month);
      const minimum = ports.board.minimumOn(today(deps));
      return {
        month,
        months: months.map((value) => ({ value, text: monthText(value) })),
        order,
        rows: ratesOf(orderBoard(rows, order), minimum),
        minimum,
        total,
        asOf: formatInstant(clock.now()),
      };
    },

    /** A page of it: the whole of a province is a hundred rows. */
    async boardPage(wanted: string, orderText: string, wantedPage: number): Promise<BoardView> {
      const view = await this.board(wanted, orderText);
      const pageCount = Math.max(1, Math.ceil(view.rows.length / PAGE_SIZE));
      const page = Math.min(wantedPage, pageCount);
      return { ...view, rows: view.rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), pages: { page, pageCount } };
    },

    async checkCode(typed: string): Promise<CheckCodeView> {
      const code = readCode(typed);
      const dossier = code === undefined ? undefined : await ports.dossiers.findPublic(code);
      if (!dossier) return { found: false, code: typed.slice(0, 60) };
      return {
        found: true,
        code: dossier.code,
        procedureName: dossier.procedureName,
        unitName: dossier.unitName,
        statusName: statusName(dossier.status),
        tone: toneOf(dossier.status),
        dates: datesOf(dossier),
      };
    },

    /**
     * A dossier by code and second fact. Undefined when they do not belong together; which of the two is wrong is not
     * told. @throws request/too-many after too many wrong facts from an address; follow/whole-number where short facts
     * are closed at the code.
     */
    async follow(code: string, digits: string, visitor: Visitor): Promise<TrackedView | undefined> {
      const now = clock.now();
      // Noted before it is looked at: a thousand guesses at once get no more tries than one after the other.
      const id = uuidv7(now);
      const [address, guessable] = [addressKey(visitor.address), isGuessableFact(digits)];
      await noteFailure(db, { id, address, code, guessable, at: now });
      const verdict = decideFollowTry(await countFailures(db, address, code, now), guessable);
      if (verdict !== 'look') {
        await takeBackFailure(db, id);
        throw verdict === 'address'
          ? new AppError('request/too-many', { params: { seconds: RECENT_MINUTES * 60 } })
          : new AppError('follow/whole-number', { params: { seconds: DAY_MINUTES * 60 } });
      }
      const dossier = await ports.dossiers.follow(visitor, code, digits);
      if (!dossier) return undefined;
      await takeBackFailure(db, id);
      return {
        code: dossier.code,
        procedureName: dossier.procedureName,
        unitName: dossier.unitName,
        statusName: statusName(dossier.status),
        tone: toneOf(dossier.status),
        next: decideNext(dossier.status, dossier.dueAt, now),
        dates: datesOf(dossier),
        apologies: await apologies.ofDossier(dossier.code, false),
        // Notes may name people: strangers get the bare line.
        story: storyLines(dossier.story.map((line) => ({ ...line, note: null }))),
      };
    },

    /** Forgets what no longer counts: failed attempts, counters of guests. */
    async forgetOnce(): Promise<void> {
      await forgetFailures(db, clock.now());
      await forgetOldVisits(deps);
    },

    /** Day of the last change of this statement's text. */
    accessibility: () => ({ updated: dayOf(new Date('2026-11-22T00:00:00Z')) }),
  };
}

/** Dates of a dossier as the pages want them. */
export function datesOf(dossier: PublicDossier): DossierDates {
  const iso = (at: Date | null): string | null => (at === null ? null : toIso(at));
  return {
    submittedAt: toIso(dossier.submittedAt),
    receivedAt: iso(dossier.receivedAt),
    dueAt: iso(dossier.dueAt),
    endedAt: iso(dossier.endedAt),
    returnedAt: iso(dossier.returnedAt),
  };
}

function monthText(month: string): string {
  return `${month.slice(5, 7)}/${month.slice(0, 4)}`;
}

const EMPTY: BoardFigures = { received: 0, resolved: 0, early: 0, onTime: 0, late: 0, open: 0, openLate: 0 };

function sum(rows: readonly BoardFigures[]): BoardFigures {
  return rows.reduce(
    (total, row) => ({
      received: total.received + row.received,
      resolved: total.resolved + row.resolved,
      early: total.early + row.early,
      onTime: total.onTime + row.onTime,
      late: total.late + row.late,
      open: total.open + row.open,
      openLate: total.openLate + row.openLate,
    }),
    EMPTY,
  );
}
