import type { Locale } from '@concert/contract';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';

/** What an invitation says. */
export type InvitationLetter = {
  readonly locale: Locale;
  readonly workspaceName: string;
  readonly inviter: string;
  readonly role: WorkspaceRole;
  readonly link: string;
  readonly expiresAt: Date;
};

type Words = {
  readonly subject: (inviter: string, workspace: string) => string;
  readonly greeting: string;
  readonly invitation: (inviter: string, workspace: string, role: string) => string;
  readonly action: string;
  readonly validity: (until: string) => string;
  readonly ignore: string;
  readonly roles: Readonly<Record<WorkspaceRole, string>>;
};

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    subject: (inviter, workspace) => `${inviter} vous invite dans l’espace « ${workspace} »`,
    greeting: 'Bonjour,',
    invitation: (inviter, workspace, role) =>
      `${inviter} vous invite à rejoindre l’espace « ${workspace} » sur Concert, avec le rôle : ${role}.`,
    action: 'Voir l’invitation',
    validity: (until) => `Ce lien est valable jusqu’au ${until} et ne sert qu’une fois.`,
    ignore: 'Si vous n’attendiez pas ce message, ignorez-le : rien ne se passera.',
    roles: { owner: 'propriétaire', editor: 'rédaction', commenter: 'commentaire', viewer: 'lecture' },
  },
  en: {
    subject: (inviter, workspace) => `${inviter} invites you to the workspace “${workspace}”`,
    greeting: 'Hello,',
    invitation: (inviter, workspace, role) =>
      `${inviter} invites you to join the workspace “${workspace}” on Concert, with the role: ${role}.`,
    action: 'See the invitation',
    validity: (until) => `This link is valid until ${until} and works once.`,
    ignore: 'If you did not expect this message, ignore it: nothing will happen.',
    roles: { owner: 'owner', editor: 'editor', commenter: 'commenter', viewer: 'viewer' },
  },
  it: {
    subject: (inviter, workspace) => `${inviter} ti invita nello spazio «${workspace}»`,
    greeting: 'Buongiorno,',
    invitation: (inviter, workspace, role) =>
      `${inviter} ti invita a partecipare allo spazio «${workspace}» su Concert, con il ruolo: ${role}.`,
    action: 'Vedi l’invito',
    validity: (until) => `Questo collegamento è valido fino al ${until} e funziona una sola volta.`,
    ignore: 'Se non aspettavi questo messaggio, ignoralo: non succederà nulla.',
    roles: { owner: 'proprietario', editor: 'redazione', commenter: 'commento', viewer: 'lettura' },
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

/** The two parts and the subject of an invitation, in its language. Each part is complete without the other. */
export function invitationLetter(letter: InvitationLetter): { subject: string; text: string; html: string } {
  const words = WORDS[letter.locale];
  const [inviter, workspace] = [oneLine(letter.inviter), oneLine(letter.workspaceName)];
  const until = new Intl.DateTimeFormat(letter.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  }).format(letter.expiresAt);
  const lines = [
    words.greeting,
    words.invitation(inviter, workspace, words.roles[letter.role]),
    words.validity(until),
    words.ignore,
  ] as const;
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  const link = `<p><a href="${escapeHtml(letter.link)}">${escapeHtml(words.action)}</a></p>`;
  return {
    subject: words.subject(inviter, workspace),
    text: `${lines[0]}\n\n${lines[1]}\n\n${words.action} : ${letter.link}\n\n${lines[2]}\n${lines[3]}\n`,
    html: `<!doctype html><html lang="${letter.locale}"><body>${paragraph(lines[0])}${paragraph(lines[1])}${link}${paragraph(lines[2])}${paragraph(lines[3])}</body></html>`,
  };
}
