import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';

type Props = { readonly label: string; readonly value: string; readonly onChange: (value: string) => void };

/** A field that narrows the list below it. */
export function SearchField({ label, value, onChange }: Props) {
  const t = useText(common);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
      rightSection={value && <CloseButton size="sm" aria-label={t('clear')} onClick={() => onChange('')} />}
      w="100%"
      maw="26rem"
    />
  );
}
