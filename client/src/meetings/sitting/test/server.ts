import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountsApi } from '@concert/domain/accounts/api.ts';
import { meetingsApi } from '@concert/domain/meetings/api.ts';
import { type Poll, pollsApi } from '@concert/domain/meetings/polls-api.ts';
import { roomsApi } from '@concert/domain/meetings/rooms-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { implement, ORPCError } from '@orpc/server';
import { aMe } from '../../../../test/region.ts';

type Ballot = { readonly seatId: string; readonly choice: unknown };

/** What a sitting under test holds; it may be read and changed by the test. */
type Holdings = { meeting: Meeting; polls: Poll[]; ballots: Ballot[]; asked: string[]; refusal: string | undefined };

const contract = { accounts: accountsApi, meetings: meetingsApi, polls: pollsApi, rooms: roomsApi };

const fail = (): never => {
  throw new ORPCError('NOT_FOUND');
};

/** A sitting over HTTP, speaking the contract out of memory. */
export async function startSitting(meeting: Meeting, polls: Poll[] = []) {
  const held: Holdings = { meeting, polls, ballots: [], asked: [], refusal: undefined };
  const os = implement(contract);
  const vote = os.polls.vote.handler(({ input: { seatId, choice } }) => {
    if (held.refusal) throw new ORPCError('CONFLICT', { data: { reason: held.refusal } });
    held.ballots = [...held.ballots, { seatId, choice }];
    return { seatId, voted: true as const, again: false, turnout: { cast: held.ballots.length, of: 3 } };
  });
  const hands = os.polls.hands.handler(({ input: { id, counts } }) => {
    held.polls = held.polls.map((poll) => (poll.id === id ? { ...poll, hands: counts } : poll));
    return held.polls.find((poll) => poll.id === id) ?? held.polls[0] ?? fail();
  });
  const close = os.polls.close.handler(({ input: { id, empty } }) => {
    held.asked = [...held.asked, `close ${empty ? 'empty' : 'counted'}`];
    return held.polls.find((poll) => poll.id === id) ?? fail();
  });
  const turnTo = os.meetings.turnTo.handler(({ input: { itemId, leave } }) => {
    held.asked = [...held.asked, `turn ${itemId} ${leave}`];
    held.meeting = { ...held.meeting, currentItemId: itemId ?? undefined };
    return held.meeting;
  });
  const handler = new OpenAPIHandler({
    accounts: { me: os.accounts.me.handler(() => aMe()) },
    meetings: { get: os.meetings.get.handler(() => held.meeting), turnTo },
    polls: { list: os.polls.list.handler(() => ({ items: held.polls })), vote, hands, close },
    rooms: {
      enter: os.rooms.enter.handler(() => {
        held.asked = [...held.asked, 'enter'];
        if (held.refusal) throw new ORPCError('SERVICE_UNAVAILABLE', { data: { reason: held.refusal } });
        return { url: 'https://meet.test.example/room?jwt=x', embed: true, provider: 'jitsi' as const };
      }),
      tell: os.rooms.tell.handler(({ input: { what, connection } }) => {
        held.asked = [...held.asked, `${what} ${connection}`];
        return {};
      }),
    },
  });
  const server = createServer((request, response) => {
    void handler.handle(request, response, { prefix: '/api' }).then(({ matched }) => {
      if (!matched) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(held, {
    origin: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
