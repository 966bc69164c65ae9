/** French texts of the room for voice and video. */
export const roomFr = {
  'sitting.room': 'Visioconférence',
  'sitting.room.notYet': 'La salle ouvre une demi-heure avant la réunion.',
  'sitting.room.opens': 'La salle s’ouvre…',
  'sitting.room.failed': 'La salle ne s’est pas ouverte',
  'sitting.room.blocked':
    'Votre navigateur a empêché l’ouverture d’un onglet : autorisez-la pour ce site, puis réessayez.',
  'sitting.room.ownTab': 'Ouvrir dans un onglet',
  'sitting.room.larger': 'Agrandir',
  'sitting.room.smaller': 'Réduire',
  'sitting.room.close': 'Quitter et fermer la salle',
  'form.roomOwn': 'Une adresse',
  'form.roomAt': 'Une salle créée sur {{host}}',
  'form.roomMade':
    'Chaque personne convoquée y entre par un lien personnel, depuis la séance, une demi-heure avant le début.',
  'form.roomUrl': 'Adresse de la salle',
  'facts.roomMade': 'Visioconférence, depuis la séance',
  'log.byRoom': 'indiqué par la visioconférence',
  'problem.no-such-room': 'Cette réunion n’a pas de salle en ligne.',
  'problem.no-room-provider': 'Aucune salle ne peut être créée à cet endroit. Choisissez-en un autre.',
  'problem.room-not-open': 'La salle ouvre une demi-heure avant la réunion, et ferme avec elle.',
  'problem.room-unavailable':
    'Le service de visioconférence ne répond pas. Réessayez ; si cela se répète, prévenez l’administration de la plateforme.',
} as const;
