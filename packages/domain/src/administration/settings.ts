import { Email, Instant, PersonId } from '@concert/contract';
import { z } from 'zod';

/** Who may open an account: anybody, only those with an invitation that waits for their address, or nobody. */
export const SIGN_UP_MODES = ['open', 'invited', 'closed'] as const;
export const SignUpMode = z.enum(SIGN_UP_MODES);
export type SignUpMode = z.infer<typeof SignUpMode>;

/** Whether a new address must be confirmed before it counts: `auto` asks wherever letters can be sent (SMTP_URL). */
export const VERIFY_EMAIL_MODES = ['auto', 'always', 'never'] as const;
export const VerifyEmailMode = z.enum(VERIFY_EMAIL_MODES);
export type VerifyEmailMode = z.infer<typeof VerifyEmailMode>;

/** What somebody becomes who opens an account by themself. More than that is given by an administrator. */
export const DEFAULT_ROLES = ['member', 'guest'] as const;

const InstallationName = z.string().trim().min(1).max(120);

/** What administrators decide for the whole installation. */
export const SettingsFields = z.object({
  signUp: SignUpMode,
  verifyEmail: VerifyEmailMode,
  defaultPlatformRole: z.enum(DEFAULT_ROLES),
  /** The name of the installation or of its region, in each language of the interface. */
  name: z.object({ fr: InstallationName, en: InstallationName, it: InstallationName }).strict(),
  /** Where people turn to with questions; null shows none. */
  contactEmail: Email.nullable(),
});
export type SettingsFields = z.infer<typeof SettingsFields>;

/** The settings in force. `rev` grows with each change; 0 means that nobody has changed anything yet. */
export const Settings = SettingsFields.extend({
  rev: z.number().int().min(0),
  changedAt: Instant.optional(),
  changedBy: PersonId.optional(),
});
export type Settings = z.infer<typeof Settings>;

/** A change names what it changes, and the `rev` of the settings it was decided on. */
export const SettingsChange = SettingsFields.partial().strict();
export type SettingsChange = z.infer<typeof SettingsChange>;

/** What holds until somebody changes it. */
export const DEFAULT_SETTINGS: SettingsFields = {
  signUp: 'open',
  verifyEmail: 'auto',
  defaultPlatformRole: 'member',
  name: { fr: 'Concert', en: 'Concert', it: 'Concert' },
  contactEmail: null,
};

/** [AD9] Whether a new address must be confirmed first, here and now. */
export const mustVerifyEmail = (
  { verifyEmail }: Pick<SettingsFields, 'verifyEmail'>,
  where: { readonly canSendMail: boolean },
): boolean => verifyEmail === 'always' || (verifyEmail === 'auto' && where.canSendMail);
