import type { Actor } from '@concert/contract';

/** A decision that a meeting has taken, as its minutes show it. */
export type DecisionTaken = {
  readonly id: string;
  readonly itemId?: string;
  readonly number: string;
  readonly title: string;
  readonly text: string;
  readonly result: 'adopted' | 'rejected';
  readonly annulled: boolean;
};

/** An action item, as minutes show it. */
export type ActionGiven = {
  readonly id: string;
  readonly itemId?: string;
  readonly title: string;
  readonly ownerId: string;
  readonly dueOn?: string;
  readonly state: 'open' | 'in-progress' | 'done' | 'verified' | 'cancelled';
  /** Whether the reader may tick it, or take the tick away. */
  readonly ticks: boolean;
};

/** What has come of a meeting: what it decided, what it gave people to do, and what was left open before. */
export type MeetingOutcome = {
  readonly decisions: readonly DecisionTaken[];
  readonly actions: readonly ActionGiven[];
  readonly carried: readonly ActionGiven[];
};

/** One slice keeps decisions and action items, others ask what came of a meeting. Rights are the asking slice's task. */
export type Outcomes = {
  /** `before`: what was given later was not left open by earlier meetings. */
  ofMeeting(
    meeting: { readonly meetingId: string; readonly bodyId: string; readonly before: Date },
    reader: Actor | null,
  ): Promise<MeetingOutcome>;
};

/** The port, the way for one slice to stand behind it, and to say that something has come of a meeting. */
export type OutcomesPort = Outcomes & {
  answeredBy(outcomes: Outcomes): void;
  changed(meetingId: string): void;
  onChanged(listener: (meetingId: string) => void): void;
};

/** Nothing has come of anything until a slice stands behind it. */
export function createOutcomes(): OutcomesPort {
  let behind: Outcomes = { ofMeeting: async () => ({ decisions: [], actions: [], carried: [] }) };
  const listeners: ((meetingId: string) => void)[] = [];
  return {
    ofMeeting: (meeting, reader) => behind.ofMeeting(meeting, reader),
    answeredBy: (outcomes) => {
      behind = outcomes;
    },
    changed: (meetingId) => {
      for (const listener of listeners) listener(meetingId);
    },
    onChanged: (listener) => void listeners.push(listener),
  };
}
