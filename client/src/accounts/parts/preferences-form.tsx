import { LOCALES } from '@concert/contract';
import { Input, SegmentedControl, Stack } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { usePreferences } from '../../platform/preferences.ts';
import { LANGUAGE_NAMES, SCHEMES } from '../../platform/shell/preference-menus.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';

/** Language and appearance; kept as soon as they are chosen. */
export function PreferencesForm() {
  const t = useText(messages);
  const say = useText(common);
  const { locale, setLocale, scheme, setScheme } = usePreferences();
  return (
    <Section title={t('preferences.title')} detail={t('preferences.detail')}>
      <Stack gap="lg" align="flex-start">
        <Input.Wrapper label={t('preferences.language')} labelElement="div">
          <SegmentedControl
            mt={4}
            aria-label={t('preferences.language')}
            value={locale}
            onChange={setLocale}
            data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          />
        </Input.Wrapper>
        <Input.Wrapper label={t('preferences.theme')} labelElement="div">
          <SegmentedControl
            mt={4}
            aria-label={t('preferences.theme')}
            value={scheme}
            onChange={setScheme}
            data={SCHEMES.map((value) => ({ value, label: say(`shell.theme.${value}`) }))}
          />
        </Input.Wrapper>
      </Stack>
    </Section>
  );
}
