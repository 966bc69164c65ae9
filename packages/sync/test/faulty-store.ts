import { type AppendRecord, type Claim, MemoryStore } from '../src/index.ts';
import type { Compaction, Turn } from '../src/ports.ts';

/** A memory store that fails, hangs or forgets to answer when told to. */
export class FaultyStore extends MemoryStore {
  /** `fail`: refuses. `lose-answer`: stores, then fails. `hang`: stores nothing and never answers. */
  mode: 'work' | 'fail' | 'lose-answer' | 'hang' = 'work';
  attempts = 0;
  /** The most records in one commit. */
  largestCommit = 0;
  refusedTurns = 0;
  readonly compactions: Compaction[] = [];

  override async append(records: AppendRecord[]): Promise<void> {
    this.attempts += 1;
    await this.#maybeFail('before');
    this.largestCommit = Math.max(this.largestCommit, records.length);
    await super.append(records);
    this.stored(records);
    await this.#maybeFail('after');
  }

  /** These records are durable, whether or not that is told. */
  protected stored(_records: AppendRecord[]): void {}

  override async claim(claims: Claim[]): Promise<{ documentId: string; clientId: number; ownerId: string }[]> {
    await this.#maybeFail('before');
    return super.claim(claims);
  }

  override async takeTurn(documentId: string, ms: number): Promise<Turn | null> {
    const turn = await super.takeTurn(documentId, ms);
    if (turn === null) this.refusedTurns += 1;
    return turn;
  }

  override async compact(documentId: string, compaction: Compaction): Promise<void> {
    this.compactions.push(compaction);
    await super.compact(documentId, compaction);
  }

  async #maybeFail(when: 'before' | 'after'): Promise<void> {
    if (this.mode === 'fail' && when === 'before') throw new Error('store is down');
    if (this.mode === 'lose-answer' && when === 'after') throw new Error('connection lost');
    if (this.mode === 'hang' && when === 'before') await new Promise(() => {});
  }
}
