import { Color, Id, Instant, listOf, Page, PersonId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { LETTERHEAD } from './letterhead.ts';
import { RuleSet } from './rule-set.ts';

export const BODY_KINDS = ['plenary', 'board', 'committee', 'jury', 'working-group'] as const;
export const BodyKind = z.enum(BODY_KINDS);
export type BodyKind = z.infer<typeof BodyKind>;

/** What somebody is in a body, in the order in which a body is listed. */
export const MANDATE_ROLES = ['chair', 'vice-chair', 'secretary', 'member', 'alternate', 'observer'] as const;
export const MandateRole = z.enum(MANDATE_ROLES);
export type MandateRole = z.infer<typeof MandateRole>;

/** [M2] Who sees the meetings of a body: every member of the platform, or those alone who have a mandate in it. */
export const PUBLICITIES = ['members', 'internal'] as const;
export const Publicity = z.enum(PUBLICITIES);
export type Publicity = z.infer<typeof Publicity>;

/** A body of the governance structure: an assembly, a committee, a jury. */
export const Body = z.object({
  id: Id,
  name: z.string(),
  kind: BodyKind,
  /** What it is there for. */
  remit: z.string(),
  state: z.enum(['active', 'archived']),
  /** The body it reports to; absent at the top. */
  parentId: Id.optional(),
  publicity: Publicity,
  /** How many seats it has, and how many of them nobody holds now. */
  seatCount: z.number().int(),
  vacantCount: z.number().int(),
  /** Which version of its rules is in force; 0: those of the platform, because it has set none. */
  rulesVersion: z.number().int(),
  /** How many people have a mandate in it that runs now. */
  memberCount: z.number().int(),
  /** The caller's own roles in it now. */
  myRoles: z.array(MandateRole),
  createdAt: Instant,
});
export type Body = z.infer<typeof Body>;

/** The time for which somebody is something in a body. Running from `from` (inclusive) to `until` (exclusive). */
export const Mandate = z.object({
  id: Id,
  personId: PersonId,
  name: z.string(),
  color: Color,
  title: z.string().optional(),
  organisationName: z.string().optional(),
  role: MandateRole,
  /** The seat that it fills, or for which its holder stands in; absent: in the body without a seat. */
  seatId: Id.optional(),
  /** Of alternates of a seat: who is asked first. */
  rank: z.number().int().optional(),
  /** The act by which somebody was appointed. */
  appointedBy: z.string().optional(),
  from: Instant,
  until: Instant.optional(),
  state: z.enum(['coming', 'running', 'ended']),
});
export type Mandate = z.infer<typeof Mandate>;

/** Somebody in a seat, or who stands in for its holder. */
const Sitter = z.object({
  mandateId: Id,
  personId: PersonId,
  name: z.string(),
  color: Color,
  until: Instant.optional(),
});

/** A seat of a body, and who sits there at the instant asked about. */
export const Seat = z.object({
  id: Id,
  title: z.string(),
  /** The group of seats that votes apart where a rule asks for it: State, Region, buyers, SMEs. */
  college: z.string().optional(),
  /** The organisation to which the seat belongs. */
  organisationId: Id.optional(),
  organisationName: z.string().optional(),
  voting: z.boolean(),
  /** Whole thousandths of a vote. */
  weight: z.number().int(),
  since: Instant,
  /** When it was abolished. */
  until: Instant.optional(),
  /** Absent: vacant. */
  holder: Sitter.extend({ role: MandateRole }).optional(),
  /** In the order in which they are asked. */
  alternates: z.array(Sitter.extend({ rank: z.number().int() })),
});
export type Seat = z.infer<typeof Seat>;

/** One version of the rules of a body. A version is never changed: meetings refer to it. */
export const RulesVersion = z.object({
  version: z.number().int(),
  rules: RuleSet,
  since: Instant.optional(),
  by: z.object({ id: PersonId, name: z.string() }).optional(),
});
export type RulesVersion = z.infer<typeof RulesVersion>;

/** [G20] What stands at the head of what a body sends out; without lines and logo where it has set none. */
export const Letterhead = z.object({
  lines: z.array(z.string()),
  /** A PNG as a data URL; its size in pixels. */
  logo: z.object({ url: z.string(), width: z.number().int(), height: z.number().int() }).optional(),
});
export type Letterhead = z.infer<typeof Letterhead>;

/** A mandate that ends soon, with the body it is in. */
export const EndingMandate = Mandate.extend({ bodyId: Id, bodyName: z.string() });
export type EndingMandate = z.infer<typeof EndingMandate>;

const SeatTitle = z.string().trim().min(1).max(160);
const College = z.string().trim().min(1).max(80);
/** From a thousandth of a vote to a thousand votes. */
const Weight = z.number().int().min(1).max(1_000_000);
const Rank = z.number().int().min(1).max(99);
const AppointedBy = z.string().trim().min(1).max(300);
const BodyName = z.string().trim().min(1).max(160);
const Remit = z.string().trim().max(1000);

/** Base64 of a file; twice what may be given, so that a larger one is told what is wrong. */
const GivenLogo = z.base64().max(LETTERHEAD.givenBytes * 2);

const route = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['governance'], summary });

export const governanceApi = {
  list: route('GET', '/bodies', 'Bodies')
    .input(Page.extend({ state: z.enum(['active', 'archived']).optional() }).strict())
    .output(listOf(Body)),
  create: route('POST', '/bodies', 'Found a body (administrator, secretariat)')
    .input(
      z
        .object({
          name: BodyName,
          kind: BodyKind,
          remit: Remit.optional(),
          parentId: Id.optional(),
          publicity: Publicity.optional(),
        })
        .strict(),
    )
    .output(Body),
  get: route('GET', '/bodies/{id}', 'One body')
    .input(z.object({ id: Id }).strict())
    .output(Body),
  update: route('PATCH', '/bodies/{id}', 'Rename, describe, archive, reopen')
    .input(
      z
        .object({
          id: Id,
          name: BodyName.optional(),
          kind: BodyKind.optional(),
          remit: Remit.optional(),
          state: z.enum(['active', 'archived']).optional(),
          /** null: at the top. */
          parentId: Id.nullable().optional(),
          publicity: Publicity.optional(),
        })
        .strict(),
    )
    .output(Body),
  remove: route('DELETE', '/bodies/{id}', 'Remove a body that was never used: without mandates and grants')
    .input(z.object({ id: Id }).strict())
    .output(z.object({})),
  mandates: route('GET', '/bodies/{id}/mandates', 'Mandates: running and coming, then ended ones')
    .input(Page.extend({ id: Id, ended: z.stringbool().optional() }).strict())
    .output(listOf(Mandate)),
  giveMandate: route('POST', '/bodies/{id}/mandates', 'Give a mandate; without `from` it runs from now')
    .input(
      z
        .object({
          id: Id,
          personId: PersonId,
          role: MandateRole,
          seatId: Id.optional(),
          rank: Rank.optional(),
          appointedBy: AppointedBy.optional(),
          from: Instant.optional(),
          until: Instant.optional(),
        })
        .strict(),
    )
    .output(Mandate),
  changeMandate: route('PATCH', '/bodies/{id}/mandates/{mandateId}', 'Change role or dates; null: without an end')
    .input(
      z
        .object({
          id: Id,
          mandateId: Id,
          role: MandateRole.optional(),
          seatId: Id.nullable().optional(),
          rank: Rank.nullable().optional(),
          appointedBy: AppointedBy.nullable().optional(),
          from: Instant.optional(),
          until: Instant.nullable().optional(),
        })
        .strict(),
    )
    .output(Mandate),
  endMandate: route('DELETE', '/bodies/{id}/mandates/{mandateId}', 'End a mandate now; one to come is dropped')
    .input(z.object({ id: Id, mandateId: Id }).strict())
    .output(z.object({})),
  endingMandates: route('GET', '/mandates/ending', 'Mandates that end within so many days (administrator, secretariat)')
    .input(z.object({ days: z.coerce.number().int().min(1).max(730).default(90) }).strict())
    .output(z.object({ items: z.array(EndingMandate) })),
  seats: route('GET', '/bodies/{id}/seats', 'Who sits where, now or at another instant')
    .input(z.object({ id: Id, at: Instant.optional() }).strict())
    .output(z.object({ items: z.array(Seat) })),
  addSeat: route('POST', '/bodies/{id}/seats', 'Create a seat; `weight` in thousandths of a vote')
    .input(
      z
        .object({
          id: Id,
          title: SeatTitle,
          college: College.optional(),
          organisationId: Id.optional(),
          voting: z.boolean().optional(),
          weight: Weight.optional(),
        })
        .strict(),
    )
    .output(Seat),
  changeSeat: route('PATCH', '/bodies/{id}/seats/{seatId}', 'Change a seat; null: without')
    .input(
      z
        .object({
          id: Id,
          seatId: Id,
          title: SeatTitle.optional(),
          college: College.nullable().optional(),
          organisationId: Id.nullable().optional(),
          voting: z.boolean().optional(),
          weight: Weight.optional(),
        })
        .strict(),
    )
    .output(Seat),
  removeSeat: route('DELETE', '/bodies/{id}/seats/{seatId}', 'Abolish a seat; one that nobody ever held is removed')
    .input(z.object({ id: Id, seatId: Id }).strict())
    .output(z.object({})),
  rules: route('GET', '/bodies/{id}/rules', 'The rules in force first, then earlier versions')
    .input(z.object({ id: Id }).strict())
    .output(z.object({ items: z.array(RulesVersion) })),
  setRules: route('PUT', '/bodies/{id}/rules', 'Set the rules: a new version, for meetings convened from now on')
    .input(z.object({ id: Id, rules: RuleSet, expectedVersion: z.number().int().min(0) }).strict())
    .output(RulesVersion),
  letterhead: route('GET', '/bodies/{id}/letterhead', 'The letterhead of a body, with its logo as a data URL')
    .input(z.object({ id: Id }).strict())
    .output(Letterhead),
  setLetterhead: route('PUT', '/bodies/{id}/letterhead', 'Set it; `logo`: a PNG or JPEG in base64, null for none')
    .input(
      z
        .object({
          id: Id,
          lines: z.array(z.string().trim().max(LETTERHEAD.lineLength)).max(LETTERHEAD.lines),
          /** Absent: the logo that is there stays. */
          logo: GivenLogo.nullable().optional(),
        })
        .strict(),
    )
    .output(Letterhead),
};
