import { defineMessages } from '../platform/i18n.ts';

/** The names of parts are code; only what surrounds them is said in a language. */
export const messages = defineMessages('gallery', {
  fr: {
    title: 'Éléments d’interface',
    detail: 'Les éléments communs à toutes les pages, dans chacun de leurs états.',
    emptyTitle: 'Aucun document pour l’instant',
    emptyBody:
      'Créez un recensement de besoin : ses rubriques vous guident, et vos partenaires peuvent y écrire avec vous.',
    action: 'Nouveau document',
    confirmTitle: 'Supprimer cette note ?',
    confirmBody: 'Elle ira dans la corbeille pendant trente jours.',
    done: 'Note supprimée.',
    copy: 'Jeton',
  },
  en: {
    title: 'Interface parts',
    detail: 'The parts that all pages share, in each of their states.',
    emptyTitle: 'No documents so far',
    emptyBody: 'Create a needs assessment: its sections guide you, and your partners can write in it with you.',
    action: 'New document',
    confirmTitle: 'Delete this note?',
    confirmBody: 'It goes to the trash for thirty days.',
    done: 'Note deleted.',
    copy: 'Token',
  },
  it: {
    title: 'Elementi di interfaccia',
    detail: 'Gli elementi comuni a tutte le pagine, in ciascuno dei loro stati.',
    emptyTitle: 'Nessun documento per ora',
    emptyBody: 'Crei una rilevazione del fabbisogno: le sezioni La guidano e i Suoi partner possono scrivervi con Lei.',
    action: 'Nuovo documento',
    confirmTitle: 'Eliminare questa nota?',
    confirmBody: 'Resterà nel cestino per trenta giorni.',
    done: 'Nota eliminata.',
    copy: 'Token',
  },
});
