import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: a deep lagoon. Shade 7 on white and shade 4 on the dark ground both pass 4.5:1. */
const lagoon: MantineColorsTuple = [
  '#e9f6f5',
  '#d3eae8',
  '#a6d5d1',
  '#75beb9',
  '#4daba5',
  '#2f9a94',
  '#14827d',
  '#0b6b68',
  '#07595a',
  '#03474a',
];

/** Neutral greys with a breath of green, so that they sit with the accent. */
const gray: MantineColorsTuple = [
  '#f8f9f9',
  '#f1f3f3',
  '#e6e9e9',
  '#d7dbdb',
  '#c0c6c6',
  '#9aa2a3',
  '#727b7d',
  '#566063',
  '#373f42',
  '#1d2325',
];

const dark: MantineColorsTuple = [
  '#dfe3e4',
  '#b9c0c2',
  '#98a1a3',
  '#6b7477',
  '#3a4144',
  '#2d3335',
  '#23282a',
  '#191d1f',
  '#131618',
  '#0d1011',
];

/** Reds on which white reads (4.5:1) at the shades that buttons are filled with: 7 in light, 6 in dark. */
const red: MantineColorsTuple = [
  '#fff1f0',
  '#ffe0dd',
  '#ffc2bc',
  '#ff9d94',
  '#f9766b',
  '#ee5347',
  '#d92d2d',
  '#c4261d',
  '#a31d16',
  '#7d150f',
];

const FONT =
  "'Inter Variable', -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

const heading = (fontSize: string, lineHeight: string) => ({ fontSize, lineHeight, fontWeight: '620' });

/** Titles and signs of alerts and badges, readable on their tint. */
const ALERT_INK: Readonly<Record<string, string>> = {
  lagoon: 'var(--concert-accent-text)',
  red: 'var(--mantine-color-error)',
  yellow: 'light-dark(#7a4d00, #f6dc98)',
};

export const theme = createTheme({
  primaryColor: 'lagoon',
  primaryShade: { light: 7, dark: 6 },
  colors: { lagoon, gray, dark, red },
  autoContrast: true,
  luminanceThreshold: 0.24,
  black: '#1d2325',
  fontFamily: FONT,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.84375rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontFamily: FONT,
    sizes: {
      h1: heading('1.625rem', '1.25'),
      h2: heading('1.1875rem', '1.35'),
      h3: heading('1rem', '1.4'),
      h4: heading('0.9375rem', '1.4'),
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  shadows: {
    xs: '0 1px 2px rgb(15 30 32 / 0.06)',
    sm: '0 1px 3px rgb(15 30 32 / 0.08), 0 1px 2px rgb(15 30 32 / 0.04)',
    md: '0 4px 14px rgb(15 30 32 / 0.09), 0 1px 3px rgb(15 30 32 / 0.06)',
    lg: '0 12px 32px rgb(15 30 32 / 0.14), 0 2px 6px rgb(15 30 32 / 0.06)',
    xl: '0 24px 56px rgb(15 30 32 / 0.2)',
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, events: { hover: true, focus: true, touch: false } } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.35, blur: 1 } },
      styles: { title: { fontSize: 'var(--mantine-font-size-lg)', fontWeight: 620 } },
    },
    Alert: {
      vars: (_theme: unknown, { color = 'lagoon' }: { color?: string }) => ({
        root: {
          '--alert-bg': `color-mix(in srgb, var(--mantine-color-${color}-6) 10%, var(--concert-ground))`,
          '--alert-color': ALERT_INK[color] ?? 'var(--mantine-color-text)',
          '--alert-bd': `1px solid color-mix(in srgb, var(--mantine-color-${color}-6) 30%, transparent)`,
        },
      }),
    },
    Menu: { defaultProps: { shadow: 'md', radius: 'md', withinPortal: true } },
    Badge: {
      vars: (_theme: unknown, { color = 'lagoon', variant }: { color?: string; variant?: string }) => {
        const ink = variant === 'light' ? ALERT_INK[color] : undefined;
        return { root: ink ? { '--badge-color': ink } : {} };
      },
      styles: { root: { flex: 'none', textTransform: 'none', fontWeight: 550, letterSpacing: 0 } },
    },
    Table: { defaultProps: { verticalSpacing: 'sm' } },
  },
});

/** Tokens of the shell, and the contrast that Mantine's own greys lack (4.5:1 for every text). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--concert-ground': '#ffffff',
    '--concert-rail': '#f6f8f7',
    '--concert-raised': '#ffffff',
    '--concert-line': '#e4e8e8',
    '--concert-hover': 'rgb(20 40 42 / 0.05)',
    '--concert-chosen': 'rgb(11 107 104 / 0.1)',
    '--concert-accent-text': '#0b6b68',
    '--mantine-color-dimmed': '#596467',
    '--mantine-color-placeholder': '#6b7578',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b6b68',
    '--mantine-color-default-border': '#d7dcdc',
  },
  dark: {
    '--concert-ground': '#17191b',
    '--concert-rail': '#121416',
    '--concert-raised': '#1e2224',
    '--concert-line': '#2a2f31',
    '--concert-hover': 'rgb(255 255 255 / 0.055)',
    '--concert-chosen': 'rgb(77 171 165 / 0.16)',
    '--concert-accent-text': '#75beb9',
    '--mantine-color-body': '#17191b',
    '--mantine-color-dimmed': '#a3abad',
    '--mantine-color-placeholder': '#8c9598',
    '--mantine-color-error': '#ff8f84',
    '--mantine-color-anchor': '#75beb9',
    '--mantine-color-default': '#1e2224',
    '--mantine-color-default-hover': '#262b2d',
    '--mantine-color-default-border': '#363d40',
  },
});
