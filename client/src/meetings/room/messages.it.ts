/** Italian texts of the room for voice and video. */
export const roomIt = {
  'sitting.room': 'Videoconferenza',
  'sitting.room.notYet': 'La sala apre mezz’ora prima della riunione.',
  'sitting.room.opens': 'La sala si sta aprendo…',
  'sitting.room.failed': 'La sala non si è aperta',
  'sitting.room.blocked': 'Il browser ha impedito l’apertura di una scheda: la consenta per questo sito, poi riprovi.',
  'sitting.room.ownTab': 'Aprire in una scheda',
  'sitting.room.larger': 'Ingrandire',
  'sitting.room.smaller': 'Ridurre',
  'sitting.room.close': 'Uscire e chiudere la sala',
  'form.roomOwn': 'Un indirizzo',
  'form.roomAt': 'Una sala creata su {{host}}',
  'form.roomMade':
    'Ogni persona convocata vi entra con un collegamento personale, dalla seduta, mezz’ora prima dell’inizio.',
  'form.roomUrl': 'Indirizzo della sala',
  'facts.roomMade': 'Videoconferenza, dalla seduta',
  'log.byRoom': 'indicato dalla videoconferenza',
  'problem.no-such-room': 'Questa riunione non ha una sala online.',
  'problem.no-room-provider': 'Qui non si può creare alcuna sala. Ne scelga un’altra.',
  'problem.room-not-open': 'La sala apre mezz’ora prima della riunione e chiude con essa.',
  'problem.room-unavailable':
    'Il servizio di videoconferenza non risponde. Riprovi; se il problema continua, avvisi l’amministrazione della piattaforma.',
} as const;
