import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';

type Props = {
  readonly label: string;
  readonly value: string;
  /** Whether a dialog that opens with it puts the focus here. */
  readonly first?: boolean;
};

/** A value to take along: shown whole, selected on focus, copied by a button. */
export function CopyField({ label, value, first }: Props) {
  const t = useText(common);
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        data-autofocus={first}
        label={label}
        value={value}
        readOnly
        flex={1}
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          >
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
