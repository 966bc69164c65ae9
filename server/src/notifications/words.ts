import type { Locale } from '@concert/contract';
import type { NotificationReason } from '@concert/domain/notifications/api.ts';

/** What letters about notifications say. */
export type Words = {
  /** What happened, without where; what nobody did names a day. */
  readonly happened: Readonly<Record<NotificationReason, (by: string, day: string) => string>>;
  readonly subject: (happened: string, title: string) => string;
  readonly untitled: string;
  readonly discussion: string;
  readonly open: string;
  /** Of discussions alone, or of whatever it is. */
  readonly digest: (count: number, discussions: boolean) => string;
  readonly digestIntro: string;
  readonly inbox: string;
  readonly more: (count: number, discussions: boolean) => string;
  readonly because: string;
  readonly stop: string;
  readonly stopDigest: string;
  readonly settings: string;
};

/** One thing or several, discussions alone or not. */
const counted =
  (one: string, many: (count: number) => string, oneElse: string, manyElse: (count: number) => string) =>
  (count: number, discussions: boolean): string => {
    if (discussions) return count === 1 ? one : many(count);
    return count === 1 ? oneElse : manyElse(count);
  };

const fr: Words = {
  happened: {
    mentioned: (by) => `${by} vous mentionne`,
    answered: (by) => `${by} a retenu votre réponse`,
    opened: (by) => `${by} a ouvert cette discussion`,
    replied: (by) => `${by} a répondu`,
    resolved: (by) => `${by} a résolu la discussion`,
    reopened: (by) => `${by} a rouvert la discussion`,
    'meeting-called': (by) => `${by} vous convoque`,
    'meeting-changed': (by) => `${by} a modifié la convocation`,
    'meeting-postponed': (by) => `${by} a reporté la réunion`,
    'meeting-cancelled': (by) => `${by} a annulé la réunion`,
    'item-accepted': (by) => `${by} a inscrit votre point à l’ordre du jour`,
    'item-refused': (by) => `${by} n’a pas retenu votre point`,
    'proxy-offered': (by) => `${by} vous donne pouvoir`,
    'proxy-accepted': (by) => `${by} a accepté votre pouvoir`,
    'proxy-refused': (by) => `${by} a refusé votre pouvoir`,
    'proxy-revoked': (by) => `${by} a repris son pouvoir`,
    'conflict-assessed': (by) => `${by} s’est prononcé·e sur votre conflit d’intérêts`,
    'vote-opened': (by) => `${by} a ouvert un vote auquel vous participez`,
    'result-known': (by) => `${by} a proclamé le résultat d’un vote`,
    'decision-adopted': (by) => `${by} a inscrit cette décision au registre`,
    'decision-annulled': (by) => `${by} a annulé cette décision`,
    'decision-review': (_, day) => `Décision à réexaminer depuis le ${day}`,
    'action-given': (by) => `${by} vous confie cette action`,
    'action-done': (by) => `${by} a terminé cette action`,
    'action-soon': (_, day) => `À faire pour le ${day}`,
    'action-late': (_, day) => `Échéance passée depuis le ${day}`,
  },
  subject: (happened, title) => `${happened}\u00a0: ${title}`,
  untitled: 'Discussion',
  discussion: 'Voir la discussion',
  open: 'Ouvrir dans Concert',
  digest: counted(
    'Votre résumé\u00a0: une discussion',
    (count) => `Votre résumé\u00a0: ${count} discussions`,
    'Votre résumé\u00a0: un sujet',
    (count) => `Votre résumé\u00a0: ${count} sujets`,
  ),
  digestIntro: 'Voici ce qui s’est passé depuis le dernier résumé et que vous n’avez pas encore lu.',
  inbox: 'Ouvrir la boîte de réception',
  more: counted(
    'et une autre discussion',
    (count) => `et ${count} autres discussions`,
    'et un autre sujet',
    (count) => `et ${count} autres sujets`,
  ),
  because:
    'Vous recevez ce message parce que vos préférences le prévoient. Il est envoyé automatiquement\u00a0: une réponse ne serait lue par personne.',
  stop: 'Ne plus recevoir ce type de message',
  stopDigest: 'Ne plus recevoir de résumé',
  settings: 'Changer vos préférences',
};

const en: Words = {
  happened: {
    mentioned: (by) => `${by} mentioned you`,
    answered: (by) => `${by} chose your reply as the answer`,
    opened: (by) => `${by} opened this discussion`,
    replied: (by) => `${by} replied`,
    resolved: (by) => `${by} resolved the discussion`,
    reopened: (by) => `${by} reopened the discussion`,
    'meeting-called': (by) => `${by} calls you to this meeting`,
    'meeting-changed': (by) => `${by} changed the convocation`,
    'meeting-postponed': (by) => `${by} put the meeting off`,
    'meeting-cancelled': (by) => `${by} cancelled the meeting`,
    'item-accepted': (by) => `${by} put your item on the agenda`,
    'item-refused': (by) => `${by} refused your item`,
    'proxy-offered': (by) => `${by} gives you a proxy`,
    'proxy-accepted': (by) => `${by} accepted your proxy`,
    'proxy-refused': (by) => `${by} refused your proxy`,
    'proxy-revoked': (by) => `${by} took a proxy back`,
    'conflict-assessed': (by) => `${by} assessed your conflict of interest`,
    'vote-opened': (by) => `${by} opened a vote in which you vote`,
    'result-known': (by) => `${by} made the result of a vote known`,
    'decision-adopted': (by) => `${by} entered this decision in the register`,
    'decision-annulled': (by) => `${by} annulled this decision`,
    'decision-review': (_, day) => `Decision to be reviewed since ${day}`,
    'action-given': (by) => `${by} gave you this action item`,
    'action-done': (by) => `${by} has done this action item`,
    'action-soon': (_, day) => `To be done by ${day}`,
    'action-late': (_, day) => `Overdue since ${day}`,
  },
  subject: (happened, title) => `${happened}: ${title}`,
  untitled: 'Discussion',
  discussion: 'See the discussion',
  open: 'Open in Concert',
  digest: counted(
    'Your digest: one discussion',
    (count) => `Your digest: ${count} discussions`,
    'Your digest: one topic',
    (count) => `Your digest: ${count} topics`,
  ),
  digestIntro: 'This has happened since the last digest, and you have not read it yet.',
  inbox: 'Open the inbox',
  more: counted(
    'and one more discussion',
    (count) => `and ${count} more discussions`,
    'and one more topic',
    (count) => `and ${count} more topics`,
  ),
  because:
    'You receive this message because your preferences say so. It is sent automatically: nobody would read a reply.',
  stop: 'Stop messages of this kind',
  stopDigest: 'Stop digests',
  settings: 'Change your preferences',
};

const it: Words = {
  happened: {
    mentioned: (by) => `${by} La menziona`,
    answered: (by) => `${by} ha scelto la Sua risposta`,
    opened: (by) => `${by} ha aperto questa discussione`,
    replied: (by) => `${by} ha risposto`,
    resolved: (by) => `${by} ha risolto la discussione`,
    reopened: (by) => `${by} ha riaperto la discussione`,
    'meeting-called': (by) => `${by} La convoca`,
    'meeting-changed': (by) => `${by} ha modificato la convocazione`,
    'meeting-postponed': (by) => `${by} ha rinviato la riunione`,
    'meeting-cancelled': (by) => `${by} ha annullato la riunione`,
    'item-accepted': (by) => `${by} ha iscritto il Suo punto all’ordine del giorno`,
    'item-refused': (by) => `${by} non ha accolto il Suo punto`,
    'proxy-offered': (by) => `${by} Le conferisce una delega`,
    'proxy-accepted': (by) => `${by} ha accettato la Sua delega`,
    'proxy-refused': (by) => `${by} ha rifiutato la Sua delega`,
    'proxy-revoked': (by) => `${by} ha ritirato la delega`,
    'conflict-assessed': (by) => `${by} ha valutato il Suo conflitto di interessi`,
    'vote-opened': (by) => `${by} ha aperto una votazione alla quale partecipa`,
    'result-known': (by) => `${by} ha proclamato il risultato di una votazione`,
    'decision-adopted': (by) => `${by} ha iscritto questa decisione nel registro`,
    'decision-annulled': (by) => `${by} ha annullato questa decisione`,
    'decision-review': (_, day) => `Decisione da riesaminare dal ${day}`,
    'action-given': (by) => `${by} Le affida questa azione`,
    'action-done': (by) => `${by} ha concluso questa azione`,
    'action-soon': (_, day) => `Da fare entro il ${day}`,
    'action-late': (_, day) => `Scaduta dal ${day}`,
  },
  subject: (happened, title) => `${happened}: ${title}`,
  untitled: 'Discussione',
  discussion: 'Vedere la discussione',
  open: 'Aprire in Concert',
  digest: counted(
    'Il Suo riepilogo: una discussione',
    (count) => `Il Suo riepilogo: ${count} discussioni`,
    'Il Suo riepilogo: un argomento',
    (count) => `Il Suo riepilogo: ${count} argomenti`,
  ),
  digestIntro: 'Ecco che cosa è successo dall’ultimo riepilogo e che non ha ancora letto.',
  inbox: 'Aprire la posta in arrivo',
  more: counted(
    'e un’altra discussione',
    (count) => `e altre ${count} discussioni`,
    'e un altro argomento',
    (count) => `e altri ${count} argomenti`,
  ),
  because:
    'Riceve questo messaggio perché lo prevedono le Sue preferenze. È inviato automaticamente: nessuno leggerebbe una risposta.',
  stop: 'Non ricevere più messaggi di questo tipo',
  stopDigest: 'Non ricevere più riepiloghi',
  settings: 'Cambiare le preferenze',
};

export const WORDS: Readonly<Record<Locale, Words>> = { fr, en, it };
