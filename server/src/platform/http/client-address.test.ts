import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createAddresses } from './client-address.ts';

const requestFrom = (remoteAddress: string, forwarded?: string): IncomingMessage => {
  const request = new IncomingMessage(Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress }));
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
};

describe('the address of a client', () => {
  const { clientAddress, isTrusted } = createAddresses(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32']);

  test.each([
    ['without a proxy, the peer', '203.0.113.7', undefined, '203.0.113.7'],
    ['[check 38] whatever a client that is no proxy writes', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['what a trusted proxy says', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['what a proxy says that a dual-stack socket names', '::ffff:10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
    ['[check 38] not what the client wrote left of it', '10.1.2.3', '127.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['through two proxies of ours', '192.0.2.1', '1.1.1.1, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['over IPv6', '2001:db8::1', '2001:470::5', '2001:470::5'],
    ['the proxy itself when it says nothing', '10.1.2.3', undefined, '10.1.2.3'],
    ['the proxy itself when it says nonsense', '10.1.2.3', '198.51.100.1, unknown', '10.1.2.3'],
    ['the first proxy when all are ours', '10.1.2.3', '10.4.4.4, 10.5.5.5', '10.4.4.4'],
    ['nothing when the peer has gone', '', '198.51.100.1', ''],
  ])('%s', (_what, peer, forwarded, expected) => {
    expect(clientAddress(requestFrom(peer, forwarded))).toBe(expected);
  });

  test('a trusted proxy is one of the ranges, and nothing else is', () => {
    for (const address of ['10.255.0.1', '192.0.2.1', '2001:db8:ffff::1', '::ffff:10.0.0.1'])
      expect([address, isTrusted(address)]).toEqual([address, true]);
    for (const address of ['11.0.0.1', '192.0.2.2', '2001:db9::1', '', 'unknown'])
      expect([address, isTrusted(address)]).toEqual([address, false]);
  });

  test('a long chain is read only so far', () => {
    const chain = Array.from({ length: 5_000 }, () => '10.0.0.9').join(',');
    expect(clientAddress(requestFrom('10.1.2.3', `203.0.113.7,${chain}`))).toBe('10.0.0.9');
  });
});
