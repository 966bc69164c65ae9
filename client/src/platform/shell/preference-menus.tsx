import { LOCALES, type Locale } from '@concert/contract';
import { ActionIcon, type MantineColorScheme, Menu, Text } from '@mantine/core';
import { type Icon, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { usePreferences } from '../preferences.ts';

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Locale, string> = { fr: 'Français', en: 'English', it: 'Italiano' };
export const SCHEMES = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];
export const SCHEME_ICON: Record<MantineColorScheme, Icon> = {
  light: IconSun,
  dark: IconMoon,
  auto: IconDeviceDesktop,
};

export function LanguageMenu() {
  const t = useText(common);
  const { locale, setLocale } = usePreferences();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`${t('shell.language')}: ${LANGUAGE_NAMES[locale]}`} title={t('shell.language')}>
          <Text size="xs" fw={650} component="span" tt="uppercase" c="dimmed">
            {locale}
          </Text>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={locale}>
          {LOCALES.map((each) => (
            <Menu.RadioItem key={each} value={each} lang={each} closeMenuOnClick onChange={() => setLocale(each)}>
              {LANGUAGE_NAMES[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

export function ThemeMenu() {
  const t = useText(common);
  const { scheme, setScheme } = usePreferences();
  const Current = SCHEME_ICON[scheme];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`${t('shell.theme')}: ${t(`shell.theme.${scheme}`)}`} title={t('shell.theme')}>
          <Current size={18} stroke={1.7} color="var(--mantine-color-dimmed)" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={scheme}>
          {SCHEMES.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick onChange={() => setScheme(each)}>
              {t(`shell.theme.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
