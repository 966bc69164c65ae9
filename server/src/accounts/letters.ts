import type { Locale } from '@concert/contract';
import type { LetterKind, ReadyLetter } from '../platform/auth/letters.ts';
import { compose, moment, oneLine } from '../platform/mail/compose.ts';

/** What a letter may name beside its link. */
type Facts = { readonly name: string; readonly until: string; readonly to: string; readonly accountEmail: string };

type Words = {
  readonly subject: string;
  /** What the letter says before its link. */
  readonly before: (facts: Facts) => readonly string[];
  readonly action?: string;
  /** What it says after it. */
  readonly after: (facts: Facts) => readonly string[];
};

type Texts = {
  /** Without a name where nobody has shown yet that the address is the account's. */
  readonly greeting: (name: string) => string;
  readonly once: (until: string) => string;
} & Readonly<Record<LetterKind, Words>>;

const nothing = (): readonly string[] => [];

const FR: Texts = {
  greeting: (name) => (name === '' ? 'Bonjour,' : `Bonjour ${name},`),
  once: (until) => `Ce lien est valable jusqu’au ${until} (heure de Paris) et ne sert qu’une fois.`,
  verify: {
    subject: 'Confirmez votre adresse pour entrer dans Concert',
    before: () => ['Un compte a été ouvert sur Concert avec votre adresse. Confirmez qu’elle est bien la vôtre.'],
    action: 'Confirmer l’adresse',
    after: () => [
      'Si vous n’avez pas ouvert de compte, ignorez ce message\u00a0: sans confirmation, personne n’y entre.',
    ],
  },
  known: {
    subject: 'Vous avez déjà un compte sur Concert',
    before: () => [
      'Quelqu’un, peut-être vous, a voulu ouvrir un compte ou déplacer le sien à cette adresse. Elle a déjà un compte\u00a0: le vôtre. Rien n’y a été changé.',
      'Connectez-vous comme d’habitude. Si vous ne savez plus votre mot de passe, la page de connexion permet d’en choisir un autre.',
    ],
    action: 'Se connecter',
    after: () => ['Si ce n’était pas vous, il n’y a rien à faire.'],
  },
  reset: {
    subject: 'Choisissez un nouveau mot de passe',
    before: () => ['Un nouveau mot de passe a été demandé pour votre compte sur Concert. Vous pouvez le choisir ici.'],
    action: 'Choisir un mot de passe',
    after: () => [
      'Toutes les sessions ouvertes seront alors fermées.',
      'Si vous n’avez rien demandé, ignorez ce message\u00a0: votre mot de passe reste le même.',
    ],
  },
  change: {
    subject: 'Confirmez votre nouvelle adresse',
    before: ({ accountEmail, to }) => [
      `Le compte de ${accountEmail} sur Concert doit passer à l’adresse ${to}. Confirmez que cette adresse est bien la vôtre.`,
    ],
    action: 'Confirmer la nouvelle adresse',
    after: () => ['Si vous n’attendiez pas ce message, ignorez-le\u00a0: rien ne changera.'],
  },
  'address-changed': {
    subject: 'L’adresse de votre compte a changé',
    before: ({ accountEmail, to }) => [
      `Votre compte sur Concert a quitté l’adresse ${to}\u00a0: il a maintenant l’adresse ${accountEmail}.`,
      'Si ce n’était pas vous, prévenez sans attendre l’administration de votre plateforme.',
    ],
    after: nothing,
  },
  'password-changed': {
    subject: 'Votre mot de passe a changé',
    before: () => [
      'Le mot de passe de votre compte sur Concert vient de changer.',
      'Si ce n’était pas vous, choisissez-en un autre depuis la page de connexion («\u00a0Mot de passe oublié\u00a0») et prévenez l’administration de votre plateforme.',
    ],
    action: 'Page de connexion',
    after: nothing,
  },
};

const EN: Texts = {
  greeting: (name) => (name === '' ? 'Hello,' : `Hello ${name},`),
  once: (until) => `This link is valid until ${until} (Paris time) and can be used only once.`,
  verify: {
    subject: 'Confirm your address to enter Concert',
    before: () => ['An account was opened on Concert with your address. Please confirm that the address is yours.'],
    action: 'Confirm the address',
    after: () => ['If you opened no account, ignore this message: without confirmation nobody can enter it.'],
  },
  known: {
    subject: 'You already have an account on Concert',
    before: () => [
      'Somebody, perhaps you, tried to open an account or to move theirs to this address. It already has an account: yours. Nothing about it has changed.',
      'Sign in as usual. If you no longer know your password, the sign-in page lets you choose another one.',
    ],
    action: 'Sign in',
    after: () => ['If it was not you, there is nothing you need to do.'],
  },
  reset: {
    subject: 'Choose a new password',
    before: () => ['A new password was asked for your account on Concert. You can choose it here.'],
    action: 'Choose a password',
    after: () => [
      'Every open session will then be closed.',
      'If you asked for nothing, ignore this message: your password stays the same.',
    ],
  },
  change: {
    subject: 'Confirm your new address',
    before: ({ accountEmail, to }) => [
      `The account of ${accountEmail} on Concert is to move to the address ${to}. Please confirm that this address is yours.`,
    ],
    action: 'Confirm the new address',
    after: () => ['If you were not expecting this message, ignore it: nothing will change.'],
  },
  'address-changed': {
    subject: 'The address of your account has changed',
    before: ({ accountEmail, to }) => [
      `Your account on Concert has left the address ${to}: it now has the address ${accountEmail}.`,
      'If it was not you, tell the administrators of your platform at once.',
    ],
    after: nothing,
  },
  'password-changed': {
    subject: 'Your password has changed',
    before: () => [
      'The password of your account on Concert has just changed.',
      'If it was not you, choose another one from the sign-in page (“Forgotten password”) and tell the administrators of your platform.',
    ],
    action: 'Sign-in page',
    after: nothing,
  },
};

const IT: Texts = {
  greeting: (name) => (name === '' ? 'Buongiorno,' : `Buongiorno ${name},`),
  once: (until) => `Questo link è valido fino al ${until} (ora di Parigi) e può essere usato una sola volta.`,
  verify: {
    subject: 'Confermi il Suo indirizzo per entrare in Concert',
    before: () => ['È stato aperto un account su Concert con il Suo indirizzo. Confermi che l’indirizzo è Suo.'],
    action: 'Confermare l’indirizzo',
    after: () => ['Se non ha aperto alcun account, ignori questo messaggio: senza conferma nessuno può entrarvi.'],
  },
  known: {
    subject: 'Lei ha già un account su Concert',
    before: () => [
      'Qualcuno, forse Lei, ha voluto aprire un account o spostare il proprio a questo indirizzo. L’indirizzo ha già un account: il Suo. Nulla è stato modificato.',
      'Acceda come di consueto. Se non ricorda più la password, dalla pagina di accesso può sceglierne un’altra.',
    ],
    action: 'Accedere',
    after: () => ['Se non è stato Lei, non deve fare nulla.'],
  },
  reset: {
    subject: 'Scelga una nuova password',
    before: () => ['È stata chiesta una nuova password per il Suo account su Concert. Può sceglierla qui.'],
    action: 'Scegliere una password',
    after: () => [
      'Tutte le sessioni aperte saranno allora chiuse.',
      'Se non ha chiesto nulla, ignori questo messaggio: la Sua password resta la stessa.',
    ],
  },
  change: {
    subject: 'Confermi il Suo nuovo indirizzo',
    before: ({ accountEmail, to }) => [
      `L’account di ${accountEmail} su Concert deve passare all’indirizzo ${to}. Confermi che questo indirizzo è Suo.`,
    ],
    action: 'Confermare il nuovo indirizzo',
    after: () => ['Se non aspettava questo messaggio, lo ignori: non cambierà nulla.'],
  },
  'address-changed': {
    subject: 'L’indirizzo del Suo account è cambiato',
    before: ({ accountEmail, to }) => [
      `Il Suo account su Concert ha lasciato l’indirizzo ${to}: ora ha l’indirizzo ${accountEmail}.`,
      'Se non è stato Lei, avverta subito l’amministrazione della Sua piattaforma.',
    ],
    after: nothing,
  },
  'password-changed': {
    subject: 'La Sua password è cambiata',
    before: () => [
      'La password del Suo account su Concert è appena cambiata.',
      'Se non è stato Lei, ne scelga un’altra dalla pagina di accesso («Password dimenticata») e avverta l’amministrazione della Sua piattaforma.',
    ],
    action: 'Pagina di accesso',
    after: nothing,
  },
};

const TEXTS: Readonly<Record<Locale, Texts>> = { fr: FR, en: EN, it: IT };

/** Letters whose link works once and for a time. */
const ONCE: ReadonlySet<LetterKind> = new Set(['verify', 'reset', 'change']);

/** A letter about somebody's account, in their language. */
export function accountLetter(letter: ReadyLetter): { subject: string; text: string; html: string } {
  const { locale, kind, link, to } = letter;
  const texts = TEXTS[locale];
  const words = texts[kind];
  // A link goes to addresses that somebody only typed: a name of their choosing would carry their words to strangers.
  const name = ONCE.has(kind) ? '' : oneLine(letter.name);
  const until = moment(letter.expiresAt, locale);
  const facts = { name, until, to, accountEmail: letter.accountEmail ?? to };
  const before = [texts.greeting(name), ...words.before(facts)];
  return compose({
    locale,
    subject: words.subject,
    paragraphs: [...before, ...(ONCE.has(kind) ? [texts.once(until)] : []), ...words.after(facts)],
    ...(words.action === undefined ? {} : { action: { label: words.action, link, before: before.length } }),
  });
}
