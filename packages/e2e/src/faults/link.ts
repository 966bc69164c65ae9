import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { Tampering } from './wire.ts';
import { Messages } from './wire.ts';

/** `there` is from whoever connects to the far end, `back` is what the far end answers. */
export type Direction = 'there' | 'back';

/** How a link carries bytes: each waits `delayMs`, and at most `bytesPerSecond` get through each way of a connection. */
export type Pace = { readonly delayMs: number; readonly bytesPerSecond: number };

const AT_ONCE: Pace = { delayMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY };
/** A pipe that holds more than this reads no further, as a full network does. */
const HELD_BYTES = 256_000;

/** One way of one connection. */
class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #pace: () => Pace;
  readonly #queue: { chunk: Buffer; due: number }[] = [];
  #queued = 0;
  #sentUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #stalled: boolean;
  #over = false;

  constructor(from: Socket, to: Socket, pace: () => Pace, stalled: boolean, messages: Messages | null) {
    this.#from = from;
    this.#to = to;
    this.#pace = pace;
    this.#stalled = stalled;
    if (stalled) from.pause();
    from.on('data', (chunk: Buffer) => {
      if (messages === null) this.#take(chunk);
      else for (const piece of messages.take(chunk)) piece === 'cut' ? this.#cut() : this.#take(piece);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#over = true;
      this.#flush();
    });
  }

  stall(): void {
    this.#stalled = true;
    this.#from.pause();
  }

  flow(): void {
    this.#stalled = false;
    this.#flush();
  }

  #cut(): void {
    this.#flush();
    this.#from.destroy();
    this.#to.destroySoon();
  }

  #take(chunk: Buffer): void {
    const { delayMs, bytesPerSecond } = this.#pace();
    this.#sentUntil = Math.max(performance.now(), this.#sentUntil) + (chunk.length / bytesPerSecond) * 1_000;
    this.#queue.push({ chunk, due: this.#sentUntil + delayMs });
    this.#queued += chunk.length;
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    if (this.#stalled) return;
    const now = performance.now();
    for (let next = this.#queue[0]; next !== undefined && next.due <= now; next = this.#queue[0]) {
      this.#queue.shift();
      this.#queued -= next.chunk.length;
      this.#to.write(next.chunk);
    }
    const [waiting] = this.#queue;
    if (waiting !== undefined) this.#timer = setTimeout(() => this.#flush(), waiting.due - now);
    else if (this.#over) this.#to.destroySoon();
    if (this.#queued > HELD_BYTES) this.#from.pause();
    else this.#from.resume();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#from.destroy();
  }
}

/** A connection between two parts of an installation that can fail in all the ways in which networks do. */
export class Link {
  readonly #target: { readonly port: number; readonly host: string };
  readonly #host: string;
  readonly #tampering: Tampering | null;
  readonly #pipes: Record<Direction, Set<Pipe>> = { there: new Set(), back: new Set() };
  readonly #sockets = new Set<Socket>();
  readonly #stalled: Record<Direction, boolean> = { there: false, back: false };
  #server: Server | null = null;
  #resetting = false;
  #pace = AT_ONCE;
  #port = 0;

  private constructor(target: { port: number; host: string }, host: string, tampering: Tampering | null) {
    this.#target = target;
    this.#host = host;
    this.#tampering = tampering;
  }

  /** A link to a port of this machine. With `tampering` it understands what a database is asked and answers. */
  static async to(port: number, options: { host?: string; tampering?: Tampering } = {}): Promise<Link> {
    const link = new Link({ port, host: '127.0.0.1' }, options.host ?? '127.0.0.1', options.tampering ?? null);
    await link.#listen();
    return link;
  }

  get port(): number {
    return this.#port;
  }

  async #listen(): Promise<void> {
    const server = createServer((near) => this.#join(near)).listen(this.#port, this.#host);
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
    this.#server = server;
  }

  #join(near: Socket): void {
    near.setNoDelay(true);
    if (this.#resetting) {
      near.on('error', () => undefined);
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#target.port, this.#target.host);
    far.setNoDelay(true);
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    this.#pipe('there', near, far);
    this.#pipe('back', far, near);
  }

  #pipe(direction: Direction, from: Socket, to: Socket): void {
    const messages = this.#tampering && new Messages(this.#tampering[direction]);
    const pipe = new Pipe(from, to, () => this.#pace, this.#stalled[direction], messages);
    this.#pipes[direction].add(pipe);
    from.on('close', () => this.#pipes[direction].delete(pipe));
  }

  /** Nobody listens any more, and connections end. */
  refuse(): void {
    this.#server?.close();
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Connections are reset, those that there are and those that come. */
  reset(): void {
    this.#resetting = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Connections stay open and new ones are taken, but nothing gets through: what a silent partition looks like. */
  stall(directions: readonly Direction[] = ['there', 'back']): void {
    for (const direction of directions) {
      this.#stalled[direction] = true;
      for (const pipe of this.#pipes[direction]) pipe.stall();
    }
  }

  /** Everything takes longer from now on. */
  slow(pace: Partial<Pace>): void {
    this.#pace = { ...AT_ONCE, ...pace };
  }

  /** Ends whatever is wrong with the link. What was stalled flows on. */
  async heal(): Promise<void> {
    this.#resetting = false;
    this.#pace = AT_ONCE;
    for (const direction of ['there', 'back'] as const) {
      this.#stalled[direction] = false;
      for (const pipe of this.#pipes[direction]) pipe.flow();
    }
    if (this.#server === null) await this.#listen();
  }

  close(): void {
    this.#server?.close();
    this.#server = null;
    for (const pipes of Object.values(this.#pipes)) for (const pipe of pipes) pipe.end();
    for (const socket of this.#sockets) socket.destroy();
  }
}
