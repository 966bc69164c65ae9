import { Color, DocumentId, Id, Instant, listOf, Page, PersonId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CalledVote } from '../polls/called.ts';

/** States of a decision: worded, adopted, signed by the chair, published; or it holds no more. */
export const DECISION_STATES = ['draft', 'adopted', 'signed', 'published', 'superseded', 'annulled'] as const;
export const DecisionState = z.enum(DECISION_STATES);
export type DecisionState = z.infer<typeof DecisionState>;

/** [R3] On what a decision rests. */
export const BASES = ['poll', 'consensus', 'written', 'delegated'] as const;
export const Basis = z.enum(BASES);
export type Basis = z.infer<typeof Basis>;

/** SHA-256, 64 hexadecimal digits. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
/** A calendar day, `2027-06-30`. */
const Day = z.iso.date();

/** The vote on which a decision rests. */
export const DecisionVote = CalledVote.extend({ pollId: Id, closedAt: Instant.optional() });
export type DecisionVote = z.infer<typeof DecisionVote>;

/** [R5] A text that was voted on, as it was then. */
export const KeptPaper = z.object({
  documentId: DocumentId,
  versionId: Id,
  title: z.string(),
  kind: z.string(),
  hash: Hash,
  /** When this state of it was frozen. */
  frozenAt: Instant,
  /** Only after it had been decided: nobody had frozen what was voted on. */
  late: z.boolean(),
  /** Whether the document says something else now; absent where it cannot be told: it is gone, or cannot be read. */
  changedSince: z.boolean().optional(),
  /** Whether the reader may open the document itself. */
  open: z.boolean(),
});
export type KeptPaper = z.infer<typeof KeptPaper>;

const Signature = z.object({
  personId: PersonId,
  name: z.string(),
  color: Color,
  /** What they were in the body when they signed. */
  role: z.string(),
  seatTitle: z.string().optional(),
  at: Instant,
  hash: Hash,
});
export type Signature = z.infer<typeof Signature>;

/** Another decision of the register, on the way from one to the next. */
const DecisionLink = z.object({ id: Id, number: z.string().optional(), title: z.string() });

/** A decision as a line of the register. */
export const DecisionLine = z.object({
  id: Id,
  bodyId: Id,
  bodyName: z.string(),
  /** `2026-07`: per body and year, once it is adopted [R4]. */
  number: z.string().optional(),
  title: z.string(),
  state: DecisionState,
  /** Seen by every member of the platform. */
  published: z.boolean(),
  basis: Basis,
  result: z.enum(['adopted', 'rejected']),
  decidedOn: Day,
  reviewOn: Day.optional(),
  /** That day has come, and it still holds. */
  reviewDue: z.boolean(),
});
export type DecisionLine = z.infer<typeof DecisionLine>;

/** A decision as one reader may see it. */
export const Decision = DecisionLine.extend({
  rev: z.number().int(),
  /** The text adopted. */
  text: z.string(),
  /** What was recommended before, apart from what was decided [R6]. */
  recommendation: z.string().optional(),
  /** How it was decided where nobody voted in a meeting. */
  grounds: z.string(),
  effects: z.array(z.string()),
  meeting: z.object({ id: Id, title: z.string(), itemId: Id, itemTitle: z.string() }).optional(),
  vote: DecisionVote.optional(),
  /** The vote was annulled after the decision was adopted. */
  voteAnnulled: z.boolean(),
  papers: z.array(KeptPaper),
  supersedes: DecisionLink.optional(),
  supersededBy: DecisionLink.optional(),
  signatures: z.array(Signature),
  /** SHA-256 of the decision as it was adopted, which is what is signed. */
  hash: Hash.optional(),
  adoptedAt: Instant.optional(),
  publishedAt: Instant.optional(),
  annulledAt: Instant.optional(),
  annulledReason: z.string().optional(),
  me: z.object({ conducts: z.boolean(), signs: z.boolean() }),
});
export type Decision = z.infer<typeof Decision>;

const Title = z.string().trim().min(1).max(300);
const AdoptedText = z.string().trim().min(1).max(20_000);
const Recommendation = z.string().trim().min(1).max(10_000);
const Grounds = z.string().trim().max(1_000);
const Effects = z.array(z.string().trim().min(1).max(1_000)).max(30);
const Documents = z.array(DocumentId).max(20);

/** What a decision is drafted from. */
export const DecisionDraft = z
  .object({
    bodyId: Id,
    title: Title,
    text: AdoptedText,
    basis: Basis,
    /** Of the basis `poll`. */
    pollId: Id.optional(),
    /** Of what was decided in a meeting without a vote. */
    meetingId: Id.optional(),
    itemId: Id.optional(),
    grounds: Grounds.optional(),
    recommendation: Recommendation.optional(),
    effects: Effects.optional(),
    /** Without, the papers of the item. */
    documents: Documents.optional(),
    /** Of a poll: the day on which it was closed. Without, today. */
    decidedOn: Day.optional(),
    reviewOn: Day.optional(),
    supersedes: Id.optional(),
  })
  .strict();
export type DecisionDraft = z.infer<typeof DecisionDraft>;

const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['decisions'], summary });

const decision = z.object({ id: Id });

export const decisionsApi = {
  list: route('GET', '/decisions', 'The register: drafts first, then the last number first')
    .input(
      Page.extend({
        bodyId: Id.optional(),
        year: z.coerce.number().int().min(1900).max(9999).optional(),
        state: DecisionState.optional(),
      }).strict(),
    )
    .output(listOf(DecisionLine).extend({ years: z.array(z.number().int()) })),
  create: route('POST', '/decisions', 'Draft a decision: from a poll that was made known, or on other grounds')
    .input(DecisionDraft)
    .output(Decision),
  get: route('GET', '/decisions/{id}', 'One decision').input(decision.strict()).output(Decision),
  update: route('PATCH', '/decisions/{id}', 'Change a draft; null: without')
    .input(
      decision
        .extend({
          title: Title.optional(),
          text: AdoptedText.optional(),
          grounds: Grounds.optional(),
          recommendation: Recommendation.nullable().optional(),
          effects: Effects.optional(),
          reviewOn: Day.nullable().optional(),
        })
        .strict(),
    )
    .output(Decision),
  remove: route('DELETE', '/decisions/{id}', 'Delete a draft').input(decision.strict()).output(z.object({})),
  adopt: route('POST', '/decisions/{id}/adopt', 'Enter it under the next number; from here on nothing changes')
    .input(decision.strict())
    .output(Decision),
  sign: route('POST', '/decisions/{id}/signatures', 'Sign it, by the hash of what was read')
    .input(decision.extend({ hash: Hash }).strict())
    .output(Decision),
  publish: route('POST', '/decisions/{id}/publish', 'Show it, with its texts, to every member of the platform')
    .input(decision.strict())
    .output(Decision),
  annul: route('POST', '/decisions/{id}/annul', 'Annul it with a reason; it stays in the register')
    .input(decision.extend({ reason: z.string().trim().min(1).max(1_000) }).strict())
    .output(Decision),
  content: route('GET', '/decisions/{id}/content', 'What was adopted and is signed: canonical JSON, and its SHA-256')
    .input(decision.strict())
    .output(z.object({ content: z.string(), hash: Hash })),
  paper: route('GET', '/decisions/{id}/papers/{documentId}', 'A text that was voted on, byte for byte as it was then')
    .input(decision.extend({ documentId: DocumentId }).strict())
    .output(
      z.object({
        title: z.string(),
        kind: z.string(),
        versionId: Id,
        hash: Hash,
        /** Canonical JSON (RFC 8785) of body, fields and schema version: its SHA-256 in UTF-8 is `hash`. */
        content: z.string(),
      }),
    ),
};
