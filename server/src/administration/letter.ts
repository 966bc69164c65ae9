import type { Locale, PlatformRole } from '@concert/contract';

/** What an invitation to the installation says. */
export type AccountLetter = {
  readonly locale: Locale;
  readonly installation: string;
  readonly inviter: string;
  readonly role: PlatformRole;
  readonly link: string;
  readonly expiresAt: Date;
};

type Words = {
  readonly subject: (installation: string) => string;
  readonly greeting: string;
  readonly invitation: (inviter: string, installation: string, role: string) => string;
  readonly next: (until: string) => string;
  readonly action: string;
  /** What stands between the action and its address in the text part. */
  readonly colon: string;
  readonly ignore: string;
  readonly roles: Readonly<Record<PlatformRole, string>>;
  /** How dates are written. */
  readonly dates: string;
};

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    subject: (installation) => `Votre compte sur ${installation} vous attend`,
    greeting: 'Bonjour,',
    invitation: (inviter, installation, role) =>
      `${inviter} a ouvert un compte pour vous sur ${installation}. Votre rôle\u00a0: ${role}.`,
    next: (until) =>
      `Pour y entrer, choisissez un mot de passe par le lien ci-dessous, valable jusqu’au ${until} (heure de Paris). Passé ce délai, la page de connexion vous en enverra un autre («\u00a0mot de passe oublié\u00a0»).`,
    action: 'Choisir un mot de passe',
    colon: '\u00a0:',
    ignore: 'Si vous n’attendiez pas ce message, ignorez-le\u00a0: sans mot de passe, personne n’entre dans ce compte.',
    roles: { administrator: 'administration', secretariat: 'secrétariat', member: 'membre', guest: 'invité' },
    dates: 'fr-FR',
  },
  en: {
    subject: (installation) => `Your account on ${installation} is waiting for you`,
    greeting: 'Hello,',
    invitation: (inviter, installation, role) =>
      `${inviter} has opened an account for you on ${installation}. Your role: ${role}.`,
    next: (until) =>
      `To come in, choose a password with the link below, which is valid until ${until} (Paris time). After that the sign-in page sends you another one (“forgotten password”).`,
    action: 'Choose a password',
    colon: ':',
    ignore: 'If you were not expecting this message, ignore it: without a password nobody enters this account.',
    roles: { administrator: 'administrator', secretariat: 'secretariat', member: 'member', guest: 'guest' },
    dates: 'en-GB',
  },
  it: {
    subject: (installation) => `Il Suo account su ${installation} La aspetta`,
    greeting: 'Buongiorno,',
    invitation: (inviter, installation, role) =>
      `${inviter} ha aperto un account per Lei su ${installation}. Il Suo ruolo: ${role}.`,
    next: (until) =>
      `Per entrare, scelga una password con il link qui sotto, valido fino al ${until} (ora di Parigi). In seguito la pagina di accesso gliene invierà un altro («password dimenticata»).`,
    action: 'Scegliere una password',
    colon: ':',
    ignore: 'Se non aspettava questo messaggio, lo ignori: senza password nessuno entra in questo account.',
    roles: { administrator: 'amministrazione', secretariat: 'segreteria', member: 'membro', guest: 'ospite' },
    dates: 'it-IT',
  },
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** One line, without control characters: names come from people, and a header ends at a line break. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** The two parts and the subject of the letter, in its language. Each part is complete without the other. */
export function accountLetter(letter: AccountLetter): { subject: string; text: string; html: string } {
  const words = WORDS[letter.locale];
  const installation = oneLine(letter.installation);
  const until = new Intl.DateTimeFormat(words.dates, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(letter.expiresAt);
  const lines = [
    words.greeting,
    words.invitation(oneLine(letter.inviter), installation, words.roles[letter.role]),
    words.next(until),
  ];
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  const link = `<p><a href="${escapeHtml(letter.link)}">${escapeHtml(words.action)}</a></p>`;
  return {
    subject: words.subject(installation),
    text: `${lines.join('\n\n')}\n\n${words.action}${words.colon} ${letter.link}\n\n${words.ignore}\n`,
    html: `<!doctype html><html lang="${letter.locale}"><body>${lines.map(paragraph).join('')}${link}${paragraph(words.ignore)}</body></html>`,
  };
}
