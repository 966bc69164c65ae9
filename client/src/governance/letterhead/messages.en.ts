import type { fr } from './messages.fr.ts';

export const en: Record<keyof typeof fr, string> = {
  'letterhead.open': 'Letterhead of minutes',
  'letterhead.title': 'Letterhead of “{{name}}”',
  'letterhead.detail':
    'It stands at the top of the first page of the Word and PDF files made of the minutes of this body.',
  'letterhead.lines': 'Lines',
  'letterhead.linesHelp': 'Five lines at most, of 120 characters each. The first one is bold.',
  'letterhead.logo': 'Logo',
  'letterhead.logoHelp': 'A PNG or JPEG image of 300 kB at most.',
  'letterhead.choose': 'Choose an image',
  'letterhead.replace': 'Replace the logo',
  'letterhead.removeLogo': 'Remove the logo',
  'letterhead.preview': 'Preview',
  'letterhead.none': 'Without lines and logo, files have no letterhead.',
  'letterhead.remove': 'Remove the letterhead',
  'letterhead.saved': 'The letterhead of “{{name}}” is saved.',
  'letterhead.removed': '“{{name}}” has no letterhead any more.',
  'letterhead.tooMany': 'Five lines at most.',
  'letterhead.tooLong': 'Line {{line}} is longer than 120 characters.',
  'problem.logo-too-big': 'This logo is larger than 300 kB. Make it smaller, then try again.',
  'problem.logo-type': 'A logo is a PNG or JPEG image. Choose another file.',
};
