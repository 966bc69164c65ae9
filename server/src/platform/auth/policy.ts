import type { PlatformRole } from '@concert/contract';
import { mustVerifyEmail, type SignUpMode } from '@concert/domain/administration/settings.ts';
import type { Config } from '../config.ts';
import type { Lookups } from '../lookups.ts';
import type { SettingsPort } from '../settings/settings.ts';

/** Who may open an account now, and what is asked of them. */
export type Policy = {
  now(): Promise<{
    readonly signUp: SignUpMode;
    readonly verifyEmail: boolean;
    readonly defaultRole: PlatformRole;
  }>;
  /** Whether the secret is that of an invitation which waits for this address: whoever has it reads the mail there. */
  invites(token: string | undefined, email: string): Promise<boolean>;
};

export function createPolicy(options: {
  settings: Pick<SettingsPort, 'get'>;
  config: Pick<Config, 'smtpUrl'>;
  lookups: Pick<Lookups, 'invitedAddresses'>;
}): Policy {
  return {
    now: async () => {
      const settings = await options.settings.get();
      return {
        signUp: settings.signUp,
        verifyEmail: mustVerifyEmail(settings, { canSendMail: options.config.smtpUrl !== undefined }),
        defaultRole: settings.defaultPlatformRole,
      };
    },
    invites: async (token, email) =>
      token !== undefined && (await options.lookups.invitedAddresses.of([token])).get(token) === email,
  };
}
