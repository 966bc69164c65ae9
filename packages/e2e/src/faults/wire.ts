import { BSON } from 'mongodb';

/** What becomes of a message: itself or another one, or the connection ends in its middle. */
type Changed = Buffer | 'cut';
type Change = (message: Buffer) => Changed;

/** Looks at, and may change, whole messages between a driver and its database. */
export type Tampering = { readonly there: Change; readonly back: Change };

const HEADER = 16;
const OP_MSG = 2013;

/** Puts the bytes of one way of a connection together to messages, and hands out what becomes of them. */
export class Messages {
  readonly #change: Change;
  #chunks: Buffer[] = [];
  #gathered = 0;

  constructor(change: Change) {
    this.#change = change;
  }

  *take(chunk: Buffer): Generator<Changed> {
    this.#chunks.push(chunk);
    this.#gathered += chunk.length;
    while (this.#gathered >= HEADER) {
      // The length of a message is in its first bytes, and these are in the first chunk but at the edge of two.
      if ((this.#chunks[0]?.length ?? 0) < HEADER) this.#chunks = [Buffer.concat(this.#chunks)];
      const length = this.#chunks[0]?.readInt32LE(0) ?? 0;
      if (this.#gathered < length) return;
      const all = Buffer.concat(this.#chunks);
      this.#chunks = [all.subarray(length)];
      this.#gathered -= length;
      const changed = this.#change(all.subarray(0, length));
      if (changed !== 'cut') yield changed;
      else {
        yield all.subarray(0, length >> 1);
        yield 'cut';
        return;
      }
    }
  }
}

/** The name and the first argument of the command in a request: `insert doc_updates`. */
function commandOf(request: Buffer): string {
  if (request.readInt32LE(12) !== OP_MSG || request[HEADER + 4] !== 0) return '';
  const element = HEADER + 4 + 1 + 4;
  const nameEnd = request.indexOf(0, element + 1);
  const name = request.toString('latin1', element + 1, nameEnd);
  if (request[element] !== 2) return name;
  const length = request.readInt32LE(nameEnd + 1);
  return `${name} ${request.toString('utf8', nameEnd + 5, nameEnd + 4 + length)}`;
}

function answerTo(answer: Buffer, document: object): Buffer {
  const body = Buffer.from(BSON.serialize(document));
  const message = Buffer.alloc(HEADER + 5 + body.length);
  answer.copy(message, 0, 0, HEADER);
  message.writeInt32LE(message.length, 0);
  body.copy(message, HEADER + 5);
  return message;
}

/** What a database in trouble answers, although it did what it was asked. */
const LIES = {
  'not primary': { ok: 0, errmsg: 'not primary', code: 10107, codeName: 'NotWritablePrimary' },
  'duplicate key': { ok: 1, n: 0, writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000 duplicate key error' }] },
  'one of several failed': { ok: 1, n: 0, writeErrors: [{ index: 0, code: 112, errmsg: 'WriteConflict' }] },
  'not durable yet': {
    ok: 1,
    n: 1,
    writeConcernError: { code: 91, codeName: 'ShutdownInProgress', errmsg: 'The server is in shutdown' },
  },
  'an end in the middle of the answer': 'cut',
} as const;

export type Lie = keyof typeof LIES;
export const lies = Object.keys(LIES) as Lie[];

/**
 * A database that does what it is asked and sometimes answers that it did not. Only what stores text is lied about.
 * @param next which lie comes now, null for the truth
 */
export function lying(next: () => Lie | null): Tampering {
  const asked = new Set<number>();
  return {
    there: (message) => {
      if (commandOf(message) === 'insert doc_updates') asked.add(message.readInt32LE(4));
      return message;
    },
    back: (message) => {
      if (!asked.delete(message.readInt32LE(8))) return message;
      const lie = next();
      if (lie === null) return message;
      const answer = LIES[lie];
      return answer === 'cut' ? answer : answerTo(message, answer);
    },
  };
}
