import type { fr } from './messages.fr.ts';

export const it: Record<keyof typeof fr, string> = {
  'letterhead.open': 'Intestazione dei verbali',
  'letterhead.title': 'Intestazione di «{{name}}»',
  'letterhead.detail': 'Appare in cima alla prima pagina dei file Word e PDF ricavati dai verbali di questo organo.',
  'letterhead.lines': 'Righe',
  'letterhead.linesHelp': 'Al massimo cinque righe, di 120 caratteri ciascuna. La prima è in grassetto.',
  'letterhead.logo': 'Logo',
  'letterhead.logoHelp': 'Immagine PNG o JPEG di 300 kB al massimo.',
  'letterhead.choose': 'Scegli un’immagine',
  'letterhead.replace': 'Sostituisci il logo',
  'letterhead.removeLogo': 'Togli il logo',
  'letterhead.preview': 'Anteprima',
  'letterhead.none': 'Senza righe né logo, i file non hanno intestazione.',
  'letterhead.remove': 'Elimina l’intestazione',
  'letterhead.saved': 'L’intestazione di «{{name}}» è salvata.',
  'letterhead.removed': '«{{name}}» non ha più un’intestazione.',
  'letterhead.tooMany': 'Al massimo cinque righe.',
  'letterhead.tooLong': 'La riga {{line}} supera i 120 caratteri.',
  'problem.logo-too-big': 'Questo logo supera i 300 kB. Lo riduca, poi riprovi.',
  'problem.logo-type': 'Un logo è un’immagine PNG o JPEG. Scelga un altro file.',
};
