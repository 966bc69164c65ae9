import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconColumns, IconCopy, IconLifebuoy } from '@tabler/icons-react';
import type { RecoveredText } from '../../platform/editor/local-copies.ts';
import { joined } from '../../platform/editor/passages.ts';
import type { Room } from '../../platform/editor/room.ts';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import type { KindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';
import { Comparison } from './comparison.tsx';

type Props = {
  readonly recovered: RecoveredText;
  readonly onForget: () => void;
  readonly info: KindInfo;
  /** The document as it was opened again; undefined until it is there. */
  readonly room: Room | undefined;
};

/** Words that the server would not take: kept until their writer says that they have them. */
export function RecoveredBanner({ recovered, onForget, info, room }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  const [opened, { open, close }] = useDisclosure(false);
  const copy = () =>
    navigator.clipboard.writeText(joined(recovered.passages)).then(() => sayDone(say('copied')), sayProblem);
  const copyButton = (
    <Button size="xs" variant="default" leftSection={<IconCopy size={15} aria-hidden />} onClick={copy}>
      {t('recovered.copy')}
    </Button>
  );
  return (
    <Alert color="orange" icon={<IconLifebuoy aria-hidden />} title={t('recovered.title')} m="md" role="alert">
      <Text size="sm">
        {t(`recovered.reason.${recovered.reason}`)} {t('recovered.body')}
      </Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" leftSection={<IconColumns size={15} aria-hidden />} onClick={open}>
          {t('recovered.compare')}
        </Button>
        {copyButton}
        <ConfirmButton
          size="xs"
          variant="subtle"
          label={t('recovered.dismiss')}
          title={t('recovered.forget.title')}
          action={t('recovered.forget.action')}
          onConfirm={async () => onForget()}
        >
          {t('recovered.forget.body')}
        </ConfirmButton>
      </Group>
      <Modal
        opened={opened}
        onClose={close}
        size="72rem"
        title={t('recovered.dialog', { date: format.dateTime(recovered.savedAt) })}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        {room ? (
          <Comparison mine={recovered.passages} room={room} info={info} action={copyButton} />
        ) : (
          <Text role="status">{t('recovered.loading')}</Text>
        )}
      </Modal>
    </Alert>
  );
}
