import { expect, test } from '@jest/globals';
import { routeNamer } from './route-names.ts';

const nameOf = routeNamer([
  'GET /documents/{id}',
  'GET /documents/recent',
  'POST /documents/{id}/restore',
  'DELETE /workspaces/{id}/members/{personId}',
  'GET /invitations/{token}',
  'POST /auth/sign-in/email',
]);

test.each([
  ['GET', '/api/documents/0189?format=html', '/api/documents/{id}'],
  ['GET', '/api/documents/recent', '/api/documents/recent'],
  ['HEAD', '/api/documents/0189', '/api/documents/{id}'],
  ['POST', '/api/documents/0189/restore', '/api/documents/{id}/restore'],
  ['DELETE', '/api/workspaces/a/members/b', '/api/workspaces/{id}/members/{personId}'],
  ['GET', '/api/invitations/a-secret', '/api/invitations/{token}'],
  ['POST', '/api/auth/sign-in/email', '/api/auth/sign-in/email'],
  ['POST', '/api/documents/recent', 'none'],
  ['GET', '/api/documents/', 'none'],
  ['GET', '/api/nothing/at/all', 'none'],
  ['GET', '/healthz', '/healthz'],
  ['GET', '/claim/a-secret', 'page'],
  ['GET', '/', 'page'],
  ['GET', '/assets/index-1234.js', 'asset'],
  ['TRACE', '/', 'none'],
  ['GET', '//api/documents', 'page'],
  ['GET', '/__proto__', 'page'],
])('%s %s is named %s', (method, url, name) => {
  expect(nameOf({ method, url })).toBe(name);
});
