/** Platform-wide roles: what a person may do outside any workspace. A guest is a supplier-side account. */
export const PLATFORM_ROLES = ['administrator', 'secretariat', 'member', 'guest'] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

/** What a limited token may do at most on one workspace or document (access rule A13). */
export type ActorLimit = {
  readonly subject: { readonly kind: 'workspace' | 'document'; readonly id: string };
  readonly role: 'owner' | 'editor' | 'commenter' | 'viewer';
};

/** Who is acting: decided once per request or socket from the session or the token. */
export type Actor = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly color: string;
  readonly platformRole: PlatformRole;
  readonly via: 'session' | 'token';
  /** The session or the token by which the actor came: ending it ends what was opened with it. */
  readonly credentialId: string;
  /** Of a limited token: nothing else is within its reach. */
  readonly limits?: readonly ActorLimit[];
  /** When a token ends by itself. */
  readonly until?: Date;
};
