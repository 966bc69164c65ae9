import type { IncomingHttpHeaders } from 'node:http';

/** Decisions for one session or token that are made at a time. */
const AT_ONCE = 4;
/** Decisions for it that wait: as many as it may have sockets. */
const WAITING = 60;
/** The cookie of a session, with and without the prefix that it has under https. */
const SESSION = /^\s*(?:__Host-)?concert\.session=(.*)$/s;

/** Somebody asks more at once than anybody has reason to. */
export class TooManyAtOnce extends Error {
  constructor() {
    super('too many decisions at once for one session');
    this.name = 'TooManyAtOnce';
  }
}

/**
 * Whose turn a request takes: its one session or token. Those that show none or several share one turn, so that nothing
 * that is put beside a session makes another asker of it.
 */
export function askerOf({ authorization, cookie = '' }: IncomingHttpHeaders): string {
  if (authorization !== undefined) return authorization;
  const sessions = cookie.split(';').flatMap((one) => SESSION.exec(one)?.[1] ?? []);
  return sessions.length === 1 ? (sessions[0] ?? '') : '';
}

type Line = { running: number; readonly waiting: (() => void)[] };

/**
 * Lets every asker have a few things done at a time, one after the other: whoever asks for a thousand waits for
 * himself, and leaves the database to the others.
 * @returns runs `work` when its asker has a turn. @throws TooManyAtOnce when too much waits already
 */
export function createTurns(): <T>(asker: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, Line>();
  return async (asker, work) => {
    const line = lines.get(asker) ?? { running: 0, waiting: [] };
    lines.set(asker, line);
    if (line.running < AT_ONCE) line.running += 1;
    else if (line.waiting.length >= WAITING) throw new TooManyAtOnce();
    // Whoever ends hands its turn on.
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else line.running -= 1;
      if (line.running === 0) lines.delete(asker);
    }
  };
}
