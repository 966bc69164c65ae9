/** Texts about the letterhead of a body. */
export const fr = {
  'letterhead.open': 'En-tête des comptes rendus',
  'letterhead.title': 'En-tête de « {{name}} »',
  'letterhead.detail':
    'Il figure en haut de la première page des fichiers Word et PDF tirés des comptes rendus de cette instance.',
  'letterhead.lines': 'Lignes',
  'letterhead.linesHelp': 'Cinq lignes au plus, de 120 caractères chacune. La première est en gras.',
  'letterhead.logo': 'Logo',
  'letterhead.logoHelp': 'Image PNG ou JPEG de 300 ko au plus.',
  'letterhead.choose': 'Choisir une image',
  'letterhead.replace': 'Remplacer le logo',
  'letterhead.removeLogo': 'Retirer le logo',
  'letterhead.preview': 'Aperçu',
  'letterhead.none': 'Sans ligne ni logo, les fichiers n’ont pas d’en-tête.',
  'letterhead.remove': 'Supprimer l’en-tête',
  'letterhead.saved': 'L’en-tête de « {{name}} » est enregistré.',
  'letterhead.removed': '« {{name}} » n’a plus d’en-tête.',
  'letterhead.tooMany': 'Cinq lignes au plus.',
  'letterhead.tooLong': 'La ligne {{line}} dépasse 120 caractères.',
  'problem.logo-too-big': 'Ce logo pèse plus de 300 ko. Réduisez-le, puis réessayez.',
  'problem.logo-type': 'Un logo est une image PNG ou JPEG. Choisissez un autre fichier.',
};
