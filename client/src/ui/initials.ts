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

/** Contrast of two luminances (WCAG 2.2), from 1 to 21. */
const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

const mixWithBlack = (color: string, part: number): string =>
  `#${[1, 3, 5]
    .map((at) => Math.round(Number.parseInt(color.slice(at, at + 2), 16) * (1 - part)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;

/**
 * A person's colour as the ground of white initials: as it is when they read on it (4.5:1), else a little darker.
 * A colour too light for that keeps its own shade and takes black ink.
 */
export function discOf(color: string): { readonly ground: string; readonly ink: '#ffffff' | '#000000' } {
  if (contrast(luminance(color), 1) < 2.4) return { ground: color, ink: '#000000' };
  const parts = [0, 0.06, 0.12, 0.18, 0.24, 0.3, 0.36, 0.42];
  const ground = parts.map((part) => mixWithBlack(color, part)).find((shade) => contrast(luminance(shade), 1) >= 4.5);
  return ground ? { ground, ink: '#ffffff' } : { ground: color, ink: inkOn(color) };
}

/** Ink that reads on a person's colour: whichever of the two has the higher contrast, 4.5:1 at least. */
export function inkOn(color: string): '#ffffff' | '#000000' {
  const ground = luminance(color);
  return contrast(ground, 1) >= contrast(ground, 0) ? '#ffffff' : '#000000';
}
