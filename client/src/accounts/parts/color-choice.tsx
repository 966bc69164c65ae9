import { CheckIcon, ColorSwatch, Group } from '@mantine/core';
import { inkOn } from '../../ui/initials.ts';

/** Colours that stay apart from one another as carets and badges, on white and on the dark ground. */
const COLORS = [
  '#0b6b68',
  '#1c7ed6',
  '#5f3dc4',
  '#9c36b5',
  '#c2255c',
  '#d9480f',
  '#b7791f',
  '#5c940d',
  '#2b8a3e',
  '#495057',
] as const;

type Props = { readonly value?: string; readonly onChange?: (color: string) => void };

/** One colour out of ten; a colour from elsewhere is kept as an eleventh. */
export function ColorChoice({ value = '', onChange }: Props) {
  const offered: readonly string[] = COLORS;
  const colors = value === '' || offered.includes(value) ? offered : [value, ...offered];
  return (
    <Group gap="xs" mt="xs" role="radiogroup">
      {colors.map((color) => (
        <ColorSwatch
          key={color}
          component="button"
          type="button"
          role="radio"
          aria-checked={color === value}
          aria-label={color}
          color={color}
          size={28}
          withShadow={false}
          style={{ cursor: 'pointer' }}
          onClick={() => onChange?.(color)}
        >
          {color === value && <CheckIcon size={11} color={inkOn(color)} />}
        </ColorSwatch>
      ))}
    </Group>
  );
}
