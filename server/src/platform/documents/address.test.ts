import { EDITOR_SCHEMA } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import { readAddress } from './address.ts';

describe('addresses of documents', () => {
  test('a document, and what the client asked for', () => {
    expect(readAddress('/sync/abc-1?saved=1&schema=2')).toEqual({ documentId: 'abc-1', saved: true, schema: 2 });
    expect(readAddress('/sync/abc-1')).toEqual({ documentId: 'abc-1', saved: false, schema: EDITOR_SCHEMA });
  });

  test.each(['/', '/syncing/abc', '/socket.io/', '/api/sync/abc', 'http://host/sync/abc'])(
    '%s is not ours',
    (address) => {
      expect(readAddress(address)).toBeNull();
    },
  );

  test.each(['/sync', '/sync/', '/sync/a/b', '/sync/..%2Fx', '/sync/a%00', '/sync/é', `/sync/${'x'.repeat(65)}`])(
    '%s names a document that cannot exist',
    (address) => {
      expect(readAddress(address)?.documentId).toBeUndefined();
    },
  );

  test.each(['abc', '-1', '1e9', '', '9'.repeat(20)])('a schema of %j is older than any', (schema) => {
    expect(readAddress(`/sync/a?schema=${schema}`)?.schema).toBe(0);
  });
});
