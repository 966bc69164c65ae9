import type { Kind } from '../../fields/types.ts';
import { words } from '../../fields/words.ts';

/** A note: a title and free text. */
export const note: Kind<'note'> = {
  kind: 'note',
  label: words('Note', 'Note', 'Nota'),
  description: words(
    'Une page libre, pour réfléchir ou rassembler.',
    'A free page, to think or to gather.',
    'Una pagina libera, per riflettere o raccogliere.',
  ),
  freeText: { headings: [] },
  sections: [
    {
      id: 'identity',
      label: words('Note', 'Note', 'Nota'),
      prompt: words('Écrivez ici.', 'Write here.', 'Scriva qui.'),
      fields: [{ id: 'title', type: 'text', maxLength: 300, required: true, label: words('Titre', 'Title', 'Titolo') }],
    },
  ],
};
