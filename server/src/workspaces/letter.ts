import type { Locale } from '@concert/contract';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import { compose, moment, oneLine } from '../platform/mail/compose.ts';

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
  /** The words of the interface: who arrives must find the role that the letter named. */
  readonly roles: Readonly<Record<WorkspaceRole, string>>;
};

/** A name between French guillemets, which a line break must not part from it. */
const guillemets = (name: string): string => `«\u00a0${name}\u00a0»`;

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    subject: (inviter, workspace) => `${inviter} vous invite dans l’espace ${guillemets(workspace)}`,
    greeting: 'Bonjour,',
    invitation: (inviter, workspace, role) =>
      `${inviter} vous invite à rejoindre l’espace de travail ${guillemets(workspace)} sur Concert. Votre rôle y sera ${guillemets(role)}.`,
    action: 'Voir l’invitation',
    validity: (until) => `Ce lien est valable jusqu’au ${until} (heure de Paris) et ne sert qu’une fois.`,
    ignore: 'Si vous n’attendiez pas ce message, ignorez-le\u00a0: il ne se passera rien.',
    roles: { owner: 'Responsable', editor: 'Rédaction', commenter: 'Commentaire', viewer: 'Lecture' },
  },
  en: {
    subject: (inviter, workspace) => `${inviter} invites you to the workspace “${workspace}”`,
    greeting: 'Hello,',
    invitation: (inviter, workspace, role) =>
      `${inviter} invites you to join the workspace “${workspace}” on Concert. Your role there will be “${role}”.`,
    action: 'See the invitation',
    validity: (until) => `This link is valid until ${until} (Paris time) and can be used only once.`,
    ignore: 'If you were not expecting this message, ignore it: nothing will happen.',
    roles: { owner: 'Owner', editor: 'Editor', commenter: 'Commenter', viewer: 'Reader' },
  },
  it: {
    subject: (inviter, workspace) => `${inviter} La invita nello spazio «${workspace}»`,
    greeting: 'Buongiorno,',
    invitation: (inviter, workspace, role) =>
      `${inviter} La invita a partecipare allo spazio di lavoro «${workspace}» su Concert. Il Suo ruolo sarà «${role}».`,
    action: 'Vedere l’invito',
    validity: (until) => `Questo link è valido fino al ${until} (ora di Parigi) e può essere usato una sola volta.`,
    ignore: 'Se non aspettava questo messaggio, lo ignori: non accadrà nulla.',
    roles: { owner: 'Responsabile', editor: 'Redazione', commenter: 'Commento', viewer: 'Lettura' },
  },
};

/** The two parts and the subject of an invitation, in its language. */
export function invitationLetter(letter: InvitationLetter): { subject: string; text: string; html: string } {
  const { locale, link } = letter;
  const words = WORDS[locale];
  const [inviter, workspace] = [oneLine(letter.inviter), oneLine(letter.workspaceName)];
  return compose({
    locale,
    subject: words.subject(inviter, workspace),
    paragraphs: [
      words.greeting,
      words.invitation(inviter, workspace, words.roles[letter.role]),
      words.validity(moment(letter.expiresAt, locale)),
      words.ignore,
    ],
    action: { label: words.action, link, before: 2 },
  });
}
