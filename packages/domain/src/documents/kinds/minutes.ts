import type { Kind } from '../../fields/types.ts';
import { words } from '../../fields/words.ts';

/** Minutes of a meeting: free text under the headings that minutes have. */
export const minutes: Kind<'minutes'> = {
  kind: 'minutes',
  label: words('Compte rendu', 'Minutes', 'Verbale'),
  description: words(
    'Le compte rendu d’une réunion : présents, ordre du jour, décisions, actions.',
    'The record of a meeting: attendance, agenda, decisions, actions.',
    'Il resoconto di una riunione: presenti, ordine del giorno, decisioni, azioni.',
  ),
  freeText: {
    headings: [
      words('Présents et excusés', 'Attendance', 'Presenze'),
      words('Ordre du jour', 'Agenda', 'Ordine del giorno'),
      words('Décisions', 'Decisions', 'Decisioni'),
      words('Actions', 'Actions', 'Azioni'),
    ],
  },
  sections: [
    {
      id: 'identity',
      label: words('Réunion', 'Meeting', 'Riunione'),
      prompt: words(
        'Notez ce qui a été dit d’utile à qui n’était pas là, puis les décisions et qui fait quoi pour quand.',
        'Note what helps those who were not there, then the decisions and who does what by when.',
        'Annoti ciò che serve a chi non c’era, poi le decisioni e chi fa che cosa entro quando.',
      ),
      fields: [
        { id: 'title', type: 'text', maxLength: 300, required: true, label: words('Titre', 'Title', 'Titolo') },
        {
          id: 'meetingDate',
          type: 'date',
          label: words('Date de la réunion', 'Date of the meeting', 'Data della riunione'),
        },
        { id: 'place', type: 'text', maxLength: 300, label: words('Lieu', 'Place', 'Luogo') },
        { id: 'chair', type: 'person', label: words('Présidence', 'Chair', 'Presidenza') },
      ],
    },
  ],
};
