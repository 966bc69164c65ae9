import { Problem } from '@concert/contract';
import { type Answer, ask, done, endSessions, type Handle, mine, note, type Parts } from './ask.ts';
import type { AuthRoute } from './routes.ts';

/** The routes on one's own sessions. The library's own ask for the token of a session, which nobody is told. */
export function sessionRoutes(parts: Parts) {
  return {
    // Asked here first: the library knows neither of idle sessions nor of suspended people.
    'GET /get-session': async (request): Promise<Answer> => {
      const actor = await parts.identify({ cookie: request.headers.cookie });
      return actor === null ? { status: 200, cookies: [], body: null } : ask(parts, request, undefined);
    },
    'POST /sign-out': async (request, body) => {
      const actor = await parts.identify({ cookie: request.headers.cookie });
      const answer = await ask(parts, request, body);
      if (actor !== null && answer.status === 200) await note(parts, 'signed-out', actor);
      return answer;
    },
    'GET /list-sessions': async (request): Promise<Answer> => {
      const actor = await mine(parts, request);
      const sessions = await parts.sessions.list(actor.personId);
      const body = sessions.map(({ _id, createdAt, updatedAt, expiresAt, userAgent }) => ({
        id: _id,
        createdAt,
        updatedAt,
        expiresAt,
        userAgent: userAgent ?? '',
        current: _id === actor.credentialId,
      }));
      return { status: 200, cookies: [], body };
    },
    'POST /revoke-session': async (request, body) => {
      const actor = await mine(parts, request);
      const id = String(body.id);
      if (!(await parts.sessions.end(actor.personId, id))) throw new Problem('NOT_FOUND', 'not-found');
      await parts.ended(id);
      await note(parts, 'session-ended', actor);
      return done();
    },
    'POST /revoke-sessions': async (request) => {
      const actor = await mine(parts, request);
      await endSessions(parts, actor.personId);
      await note(parts, 'sessions-ended', actor);
      return done();
    },
    'POST /revoke-other-sessions': async (request) => {
      const actor = await mine(parts, request);
      await endSessions(parts, actor.personId, actor.credentialId);
      await note(parts, 'sessions-ended', actor);
      return done();
    },
  } satisfies Partial<Record<AuthRoute, Handle>>;
}
