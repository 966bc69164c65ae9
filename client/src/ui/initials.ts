/** One or two letters for a name: first and last word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase('fr') || '?';
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
export function luminance(color: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Ink that reads on a person's colour: whichever of the two has the higher contrast. */
export function inkOn(color: string): '#ffffff' | '#000000' {
  const ground = luminance(color);
  const withWhite = 1.05 / (ground + 0.05);
  const withBlack = (ground + 0.05) / (luminance('#000000') + 0.05);
  return withWhite >= withBlack ? '#ffffff' : '#000000';
}
