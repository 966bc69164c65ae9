import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ORPCError } from '@orpc/client';
import { aMe, type Region, startRegion } from '../../test/region.ts';
import { authProblem } from './auth.ts';
import { client, problemOf, worthRetrying } from './query.ts';

let region: Region;

beforeEach(async () => {
  region = await startRegion();
  visit(region.origin);
});
afterEach(() => region.stop());

/** What the request failed with, read as a problem. */
const failure = (request: Promise<unknown>) =>
  request.then(() => Promise.reject(new Error('the request passed')), problemOf);

describe('a failed request', () => {
  test('carries the code and the reason that the server gave', async () => {
    await expect(failure(client.workspaces.get({ id: 'unknown' }))).resolves.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'not-found',
      status: 404,
    });
  });

  test('is named by its code when it has no reason', () => {
    const { reason } = problemOf(new ORPCError('TOO_MANY_REQUESTS'));
    expect(reason).toBe('too-many-requests');
  });

  test('without an answer is a matter of the network', async () => {
    visit('http://127.0.0.1:1');
    await expect(failure(client.accounts.me({}))).resolves.toMatchObject({ reason: 'network', status: 0 });
  });

  test('of our own making is unexpected', () => {
    expect(problemOf(new Error('boom'))).toMatchObject({ reason: 'unexpected', status: 500 });
  });

  test('is tried again only where time may mend it', () => {
    expect(worthRetrying(0, new ORPCError('SERVICE_UNAVAILABLE'))).toBe(true);
    expect(worthRetrying(2, new ORPCError('SERVICE_UNAVAILABLE'))).toBe(false);
    expect(worthRetrying(0, new ORPCError('NOT_FOUND'))).toBe(false);
  });
});

describe('a refusal of the authentication routes', () => {
  test('is named by the library’s code in our own form', () => {
    expect(authProblem(401, { code: 'INVALID_EMAIL_OR_PASSWORD' }).reason).toBe('invalid-email-or-password');
  });

  test('prefers the reason of our own server', () => {
    expect(authProblem(429, { code: 'TOO_MANY_REQUESTS', data: { reason: 'too-many-attempts' } }).reason).toBe(
      'too-many-attempts',
    );
  });

  test('still says something when the answer is not JSON', () => {
    expect(authProblem(429, '<html>').reason).toBe('too-many-requests');
    expect(authProblem(502, '<html>').reason).toBe('unexpected');
  });
});

test('the person is read through the contract', async () => {
  await expect(client.accounts.me({})).resolves.toEqual(aMe());
});
