import type { Locale } from '@concert/contract';
import type { GrantedRole } from '@concert/domain/access/api.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { BodyKind, MandateRole } from '@concert/domain/governance/api.ts';
import type { RecordPart } from '@concert/domain/meetings/minutes-record.ts';
import type { ItemKind } from '@concert/domain/meetings/shapes.ts';
import type { OrganisationKind } from '@concert/domain/organisations/api.ts';
import type { Reaction } from '@concert/domain/threads/reactions.ts';

/**
 * The vocabulary of the demonstration region's texts. Strings may use a small inline markup:
 * `**bold**`, `*italic*` and `[text](https://…)`; nothing nests.
 */
export type SeedBlock =
  | { readonly p: string }
  | { readonly h: 2 | 3; readonly text: string }
  | { readonly ul: readonly string[] }
  | { readonly ol: readonly string[] }
  | { readonly tasks: readonly { readonly done: boolean; readonly text: string }[] }
  | { readonly quote: string }
  /** What the platform writes of a record: `ref` is a short id. */
  | { readonly record: RecordPart; readonly ref: string }
  /** Rows of cells; the first row is the header. */
  | { readonly table: readonly (readonly string[])[] };

export const NEEDS_SECTIONS = [
  'identity',
  'context',
  'users',
  'outcomes',
  'today',
  'state-of-the-art',
  'market',
  'impacts',
  'business-case',
  'risks',
  'interoperability',
  'ipr',
  'data',
  'joint-buying',
  'timing',
  'next-step',
] as const;
type NeedsSection = (typeof NEEDS_SECTIONS)[number];

export const BRIEF_SECTIONS = [
  'need',
  'objectives',
  'scope',
  'governance',
  'market',
  'procedure',
  'ipr-data-state-aid',
  'budget',
  'schedule',
  'risks',
  'kpis',
  'decisions',
] as const;
type BriefSection = (typeof BRIEF_SECTIONS)[number];

/** A person of the demonstration; the address is `<id>@demo.concert.test`. */
export type SeedPerson = {
  readonly id: string;
  readonly name: string;
  readonly jobTitle: { readonly fr: string; readonly en: string };
  readonly organisation: string;
  readonly locale: Locale;
  /** `#rrggbb`, dark enough for white text on it. */
  readonly color: string;
};

export type SeedOrganisation = {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly state: 'pending' | 'verified';
  /** A code of the territories list: the seat. */
  readonly territory: string;
  /** `public` for bodies to which the size classes of enterprises do not apply. */
  readonly size: 'micro' | 'small' | 'medium' | 'large' | 'public';
};

export type SeedWorkspace = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Role by person id. */
  readonly members: Readonly<Record<string, WorkspaceRole>>;
};

/** A body with a role by person id; `until` is the end of all its mandates. */
export type SeedBody = {
  readonly id: string;
  readonly name: string;
  readonly kind: BodyKind;
  readonly remit: string;
  readonly mandates: Readonly<Record<string, MandateRole>>;
  readonly until?: string;
};

/** A seat of a body; without a person it is vacant. */
export type SeedSeat = {
  readonly id: string;
  readonly title: string;
  readonly college: string;
  readonly person?: string;
  readonly voting?: boolean;
};

type SeedItem = {
  readonly id: string;
  readonly title: string;
  readonly kind: ItemKind;
  readonly minutes: number;
  readonly presenter?: string;
  /** The meeting whose minutes are to be approved on it. */
  readonly minutesOf?: string;
  /** Short ids of documents. */
  readonly papers?: readonly string[];
  /** A motion: voted on, by short ids, or only prepared. */
  readonly poll?: {
    readonly id: string;
    readonly question: string;
    readonly votes?: Readonly<Record<string, 'yes' | 'no' | 'abstain'>>;
  };
};

export type SeedMeeting = {
  readonly id: string;
  readonly title: string;
  readonly day: number;
  readonly note: string;
  readonly place: string;
  readonly ended?: boolean;
  readonly there: readonly string[];
  readonly accepted?: readonly string[];
  readonly excused?: readonly string[];
  readonly items: readonly SeedItem[];
};

/** A decision on an item of a meeting that was held, with its number in the order of the list. */
export type SeedDecision = {
  readonly id: string;
  readonly item: string;
  readonly poll?: string;
  readonly title: string;
  readonly text: string;
  readonly basis: 'poll' | 'consensus';
  readonly recommendation?: string;
  readonly effects?: readonly string[];
  /** Short ids of documents, of which a copy is kept. */
  readonly papers: readonly string[];
  /** Short ids of people. */
  readonly signedBy: readonly string[];
  readonly published?: true;
  /** In so many days from the day on which the demonstration is loaded. */
  readonly reviewIn?: number;
};

export type SeedAction = {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly owner: string;
  /** From which decision, or from which item of a meeting. */
  readonly decision?: string;
  readonly item?: string;
  /** Days from the day on which the demonstration is loaded. */
  readonly due: number;
  readonly done?: number;
  readonly state: 'open' | 'in-progress' | 'done';
};

type SeedSubject = { readonly kind: 'workspace' | 'document'; readonly id: string };

/** Something given to somebody, or kept from somebody, by short ids. */
export type SeedRight =
  | {
      readonly kind: 'grant';
      readonly on: SeedSubject;
      readonly to: { readonly type: 'body' | 'organisation'; readonly id: string };
      readonly role: GrantedRole;
      readonly by: string;
      readonly until?: string;
    }
  | {
      readonly kind: 'denial';
      readonly on: SeedSubject;
      readonly to: { readonly type: 'person'; readonly id: string };
      readonly note: string;
      readonly by: string;
    };

export type Money = { readonly amount: string; readonly currency: 'EUR' };
export type MoneyRange = { readonly min: string; readonly max: string; readonly currency: 'EUR' };
type Quantity = { readonly value: string; readonly unit: string };
/** What an option costs in one year, counted from 1. */
export type YearCost = { readonly year: number; readonly money: Money };

type MarketState =
  | 'off-the-shelf'
  | 'exists-needs-adaptation'
  | 'near-market-not-at-scale'
  | 'none-needs-R&D'
  | 'unknown';
type ResultsOwner = 'buyer' | 'supplier' | 'shared' | 'open';
type Dpia = 'done' | 'needed' | 'not-needed';
type FundingSource = 'own' | 'ERDF' | 'State' | 'EU' | 'other';

/** A row keeps its `id` when another field refers to it; otherwise the loader gives it one. */
type Row<Columns> = Readonly<Columns> & { readonly id?: string };

type OutcomeRow = Row<{
  outcome: string;
  metric?: string;
  unit?: string;
  /** Decimals are strings with a point. */
  baseline?: string;
  target?: string;
  by?: string;
  priority?: 'must' | 'should';
}>;

type SourceRow = Row<{
  kind: 'web' | 'patent' | 'standard' | 'project' | 'supplier';
  reference: string;
  date?: string;
}>;

type RiskRow = Row<{
  kind: 'technical' | 'organisational' | 'legal' | 'supplier' | 'acceptance';
  text: string;
  probability: number;
  impact: number;
  answer: string;
  owner?: string;
}>;

type OptionRow = Row<{
  name: string;
  doNothing: boolean;
  investment: Money;
  operation: readonly Row<YearCost>[];
  maintenance: readonly Row<YearCost>[];
  transition: readonly Row<YearCost>[];
  endOfLife: Money;
  residual: Money;
}>;

/** Fields of a needs assessment, as JSON. Whatever a real author would not know yet is simply absent. */
type NeedsFields = {
  readonly title: string;
  readonly owner?: string;
  readonly territories?: readonly string[];
  readonly domains?: readonly string[];
  readonly cpv?: readonly string[];
  readonly trigger?: 'service-problem' | 'future-quality' | 'policy' | 'legal';
  readonly policyLinks?: readonly Row<{ label: string; url: string }>[];
  readonly currentService?: string;
  readonly volumePerYear?: Quantity;
  readonly groups?: readonly Row<{
    name: string;
    kind: 'user' | 'staff' | 'citizen';
    people?: number;
    consultedHow?: string;
  }>[];
  readonly outcomes?: readonly OutcomeRow[];
  readonly currentSolution?: string;
  readonly contractEnds?: string;
  readonly yearlyCost?: Money;
  readonly pains?: readonly Row<{ text: string; severity: number }>[];
  readonly sources?: readonly SourceRow[];
  /** `gaps` are ids of outcome rows that the solution does not meet. */
  readonly solutions?: readonly Row<{ name: string; supplier?: string; trl?: number; gaps?: readonly string[] }>[];
  readonly marketState?: MarketState;
  readonly suppliers?: readonly Row<{ organisation: string; sme: 'yes' | 'no' | 'unknown' }>[];
  readonly consultation?: string;
  readonly impacts?: readonly Row<{
    kind: 'service' | 'economic' | 'environmental' | 'social' | 'regional';
    description: string;
    level: number;
  }>[];
  readonly years?: number;
  /** Per cent a year. */
  readonly discountRate?: string;
  readonly options?: readonly OptionRow[];
  readonly risks?: readonly RiskRow[];
  readonly systems?: readonly Row<{ name: string; interface: string; format: string }>[];
  readonly accessibility?: string;
  readonly resultsOwner?: ResultsOwner;
  readonly licence?: string;
  readonly backgroundIp?: string;
  readonly personalData?: 'yes' | 'no';
  readonly dpia?: Dpia;
  readonly hosting?: string;
  readonly securityLevel?: number;
  readonly buyers?: readonly Row<{ organisation: string; volume: Quantity; date?: string; crossBorder: boolean }>[];
  readonly neededBy?: string;
  readonly budget?: MoneyRange;
  readonly funding?: readonly Row<{ source: FundingSource; amount: Money }>[];
  readonly requested?:
    | 'study-opportunity'
    | 'study-feasibility'
    | 'legal-assistance'
    | 'consultation'
    | 'procedure-advice'
    | 'none';
};

type BriefFields = {
  /** Seed ids of needs assessments. */
  readonly needs: readonly string[];
  readonly title: string;
  readonly sponsor: string;
  readonly lead: string;
  readonly objectives: readonly OutcomeRow[];
  readonly scopeIn: string;
  readonly scopeOut: string;
  readonly stakeholders: readonly Row<{
    name: string;
    organisation: string;
    role: 'sponsor' | 'project-lead' | 'user-lead' | 'legal' | 'buyer' | 'finance' | 'partner';
  }>[];
  readonly marketState?: MarketState;
  readonly evidence?: readonly SourceRow[];
  readonly procedureOptions?: readonly Row<{
    procedure:
      | 'open'
      | 'restricted'
      | 'neg-w-call'
      | 'comp-dial'
      | 'innovation'
      | 'neg-wo-call'
      | 'pcp'
      | 'mapa'
      | 'direct';
    reason: string;
    preferred: boolean;
  }>[];
  readonly resultsOwner?: ResultsOwner;
  readonly stateAid?: string;
  readonly dpia?: Dpia;
  readonly budget?: MoneyRange;
  readonly funding?: readonly Row<{ source: FundingSource; amount: Money }>[];
  readonly gates?: readonly Row<{ name: string; date: string; criterion: string }>[];
  readonly risks?: readonly RiskRow[];
  readonly kpis?: readonly Row<{ name: string; unit: string; baseline?: string; target: string; by: string }>[];
  readonly decisionsAsked?: readonly Row<{ text: string; body: string; by: string }>[];
};

type SeedDocument = {
  /** Unique among all documents of the seed. */
  readonly id: string;
  readonly workspace: string;
  readonly language: Locale;
  /** Person id. */
  readonly createdBy: string;
  /** People whose hand the text shows, in order of their first edit. */
  readonly authors: readonly string[];
  /** ISO calendar days. */
  readonly createdOn: string;
  readonly updatedOn: string;
};

/** A `case` tells a real project from published facts; everything `fictitious` is invented and says so. */
export type SeedNeed = SeedDocument & {
  readonly kind: 'needs-assessment';
  readonly nature: 'case' | 'fictitious';
  readonly fields: NeedsFields;
  readonly sections: Readonly<Record<NeedsSection, readonly SeedBlock[]>>;
};

export type SeedBrief = SeedDocument & {
  readonly kind: 'project-brief';
  readonly fields: BriefFields;
  readonly sections: Readonly<Record<BriefSection, readonly SeedBlock[]>>;
};

/** Minutes and notes are free text; minutes bring their own headings. */
export type SeedText = SeedDocument & {
  readonly kind: 'minutes' | 'note';
  /** Of the minutes of a meeting: its day, as that of `SeedMeeting`. */
  readonly meetingDay?: number;
  /** `place` and those after it belong to minutes; `chair` is a person id. */
  readonly fields: {
    readonly title: string;
    readonly place?: string;
    readonly meetingDate?: string;
    readonly chair?: string;
  };
  readonly body: readonly SeedBlock[];
};

/** A message of a discussion: `@{buyer}`, `@{body:…}` and `@{document:…}` mention people, bodies and documents. */
export type SeedReply = {
  /** Person id. */
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly body: readonly SeedBlock[];
  readonly reactions?: Readonly<Partial<Record<Reaction, readonly string[]>>>;
};

export type SeedThread = {
  /** Unique among all discussions of the seed. */
  readonly id: string;
  readonly on: { readonly kind: 'workspace' | 'document'; readonly id: string };
  readonly title?: string;
  readonly staff?: true;
  readonly pinned?: true;
  /** Who resolved it, after the last message. */
  readonly resolvedBy?: string;
  /** Which of the messages is the answer, from 1. */
  readonly answer?: number;
  readonly replies: readonly [SeedReply, ...SeedReply[]];
};
