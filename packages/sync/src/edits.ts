import type { Fresh } from './gate/knowledge.ts';
import type { Scan } from './gate/scan.ts';

/** Who edits: a connection, or the server for somebody. */
export interface Editor {
  readonly personId: string;
  /** clientIDs already used; more than the limit are refused. Null lifts that limit (edits of the server). */
  readonly clientIds: Set<number> | null;
  /** Whether new text is taken from this editor at this moment. */
  mayWrite(): boolean;
  /** Whether the editor is still there to hear the answer. */
  isGone(): boolean;
}

/** An update as it arrived, already scanned; `at` says when, in milliseconds of `performance.now()`. */
export type Edit = { editor: Editor; update: Uint8Array; scan: Scan; at: number };

/** An update that passed the gate and waits to become durable. */
export type Accepted = {
  editor: Editor;
  update: Uint8Array;
  fresh: Fresh[];
  deletes: number[];
  /** When it arrived, in milliseconds of `performance.now()`. */
  at: number;
  /** Called in order when everything up to this update is durable. */
  settled: (() => void)[];
  /** Called instead when it never will be. */
  lost: (() => void)[];
};

/** What became of an edit. `taken`: durable now or soon (`settled` tells). */
export type Outcome =
  | { outcome: 'taken' }
  | { outcome: 'gap'; reason: string }
  | { outcome: 'denied' }
  | { outcome: 'refused'; reason: string; clientIds: number[] }
  | { outcome: 'too-big' }
  | { outcome: 'full' }
  | { outcome: 'gone' };
