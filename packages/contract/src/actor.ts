/** Platform-wide roles: what a person may do outside any workspace. A guest is a supplier-side account. */
export const PLATFORM_ROLES = ['administrator', 'secretariat', 'member', 'guest'] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

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
};
