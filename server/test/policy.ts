/**
 * Who may call each route: the weakest who may. `own` is whoever the thing belongs to.
 * `session` is signed in, but not by a token: what rules over sessions and passwords.
 * Levels of a workspace (viewer … owner) are asked with the ids of that workspace; platform levels without regard to any.
 */
export type Level =
  | 'public'
  | 'demo'
  | 'signed-in'
  | 'session'
  | 'member'
  | 'viewer'
  | 'commenter'
  | 'editor'
  | 'owner'
  | 'own'
  | 'secretariat'
  | 'administrator';

/** The policy of the whole interface, route by route. A route that is missing here fails the test of the matrix. */
export const POLICY: Readonly<Record<string, Level>> = {
  'GET /boot': 'public',
  'POST /claim': 'public',
  'GET /demo/accounts': 'demo',
  'GET /demo/outbox': 'demo',
  'GET /me': 'signed-in',
  'PATCH /me': 'signed-in',
  'GET /me/export': 'session',
  'DELETE /me': 'session',
  'DELETE /me/pending-email': 'session',
  'GET /admin/people': 'secretariat',
  'POST /admin/people': 'administrator',
  'GET /admin/people/{id}': 'secretariat',
  'PATCH /admin/people/{id}': 'administrator',
  'DELETE /admin/people/{id}': 'administrator',
  'POST /admin/people/{id}/invitation': 'administrator',
  'DELETE /admin/people/{id}/sessions': 'administrator',
  'GET /admin/settings': 'administrator',
  'PATCH /admin/settings': 'administrator',
  'GET /admin/health': 'secretariat',
  'GET /people': 'signed-in',
  'GET /tokens': 'signed-in',
  'POST /tokens': 'signed-in',
  'DELETE /tokens/{id}': 'own',
  'GET /organisations': 'signed-in',
  'POST /organisations': 'signed-in',
  'PATCH /organisations/{id}': 'secretariat',
  'GET /workspaces': 'signed-in',
  'POST /workspaces': 'member',
  'GET /workspaces/{id}': 'viewer',
  'PATCH /workspaces/{id}': 'owner',
  'GET /workspaces/{id}/members': 'viewer',
  'POST /workspaces/{id}/members': 'owner',
  'PATCH /workspaces/{id}/members/{personId}': 'owner',
  'DELETE /workspaces/{id}/members/{personId}': 'owner',
  'GET /workspaces/{id}/invitations': 'owner',
  'DELETE /workspaces/{id}/invitations/{invitationId}': 'owner',
  'POST /invitations/look': 'public',
  'POST /invitations/accept': 'signed-in',
  'GET /documents': 'signed-in',
  'GET /presence': 'viewer',
  'GET /workspaces/{workspaceId}/documents': 'viewer',
  'POST /workspaces/{workspaceId}/documents': 'editor',
  'GET /documents/{id}': 'viewer',
  'PATCH /documents/{id}': 'editor',
  'DELETE /documents/{id}': 'editor',
  'POST /documents/{id}/restore': 'editor',
  'POST /documents/{id}/duplicate': 'editor',
  'GET /documents/{id}/content': 'viewer',
  'GET /documents/{id}/provenance': 'viewer',
  'GET /documents/{id}/authors': 'viewer',
  'GET /documents/{id}/versions': 'viewer',
  'POST /documents/{id}/versions': 'editor',
  'GET /documents/{id}/versions/{versionId}': 'viewer',
  'POST /documents/{id}/versions/{versionId}/restore': 'editor',
  'POST /documents/{id}/files': 'editor',
  'GET /files/{id}': 'viewer',
  'GET /workspaces/{id}/grants': 'owner',
  'POST /workspaces/{id}/grants': 'owner',
  'PATCH /workspaces/{id}/grants/{grantId}': 'owner',
  'DELETE /workspaces/{id}/grants/{grantId}': 'owner',
  'GET /workspaces/{id}/denials': 'viewer',
  // Of somebody else; everybody may declare their own.
  'POST /workspaces/{id}/denials': 'owner',
  'DELETE /workspaces/{id}/denials/{denialId}': 'owner',
  'GET /workspaces/{id}/access': 'viewer',
  'GET /documents/{id}/grants': 'owner',
  'POST /documents/{id}/grants': 'owner',
  'PATCH /documents/{id}/grants/{grantId}': 'owner',
  'DELETE /documents/{id}/grants/{grantId}': 'owner',
  'GET /documents/{id}/denials': 'viewer',
  // Of somebody else; everybody may declare their own.
  'POST /documents/{id}/denials': 'owner',
  'DELETE /documents/{id}/denials/{denialId}': 'owner',
  'GET /documents/{id}/access': 'viewer',
  'GET /documents/{id}/move-effect': 'editor',
  'GET /bodies': 'signed-in',
  'POST /bodies': 'secretariat',
  'GET /bodies/{id}': 'member',
  'PATCH /bodies/{id}': 'secretariat',
  'DELETE /bodies/{id}': 'secretariat',
  'GET /bodies/{id}/mandates': 'member',
  'POST /bodies/{id}/mandates': 'secretariat',
  'PATCH /bodies/{id}/mandates/{mandateId}': 'secretariat',
  'DELETE /bodies/{id}/mandates/{mandateId}': 'secretariat',
  'POST /auth/sign-up/email': 'public',
  'POST /auth/sign-in/email': 'public',
  'POST /auth/sign-out': 'public',
  'GET /auth/get-session': 'public',
  'GET /auth/list-sessions': 'session',
  'POST /auth/revoke-session': 'own',
  'POST /auth/revoke-sessions': 'session',
  'POST /auth/revoke-other-sessions': 'session',
  'POST /auth/change-password': 'session',
  'POST /auth/change-email': 'session',
  'POST /auth/confirm-email': 'public',
  'POST /auth/verify-email': 'public',
  'POST /auth/send-verification-email': 'public',
  'POST /auth/request-password-reset': 'public',
  'POST /auth/reset-password': 'public',
};
