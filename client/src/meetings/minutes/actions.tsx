import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconLockOpen, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { downloadDocument, type ExportFormat } from '../../platform/export.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { messages } from '../messages.ts';
import { useMinutesChange } from './queries.ts';

/** What can be done with minutes as they stand. */
export function MinutesActions({ minutes }: { minutes: Minutes }) {
  const { me, documentId, title } = minutes;
  return (
    <>
      {documentId && <Download documentId={documentId} title={title} format="docx" />}
      {documentId && <Download documentId={documentId} title={title} format="pdf" />}
      {me.reopens && <Reopen minutes={minutes} />}
      {me.submits && <Submit minutes={minutes} />}
    </>
  );
}

type DownloadProps = { readonly documentId: string; readonly title: string; readonly format: ExportFormat };

function Download({ documentId, title, format }: DownloadProps) {
  const t = useText(messages);
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const file = format === 'docx' ? 'Word' : 'PDF';
  const run = () => {
    setBusy(true);
    downloadDocument(documentId, title, format, locale)
      .catch((error: unknown) => sayProblem(error, t('minutes.exportFailed')))
      .finally(() => setBusy(false));
  };
  return (
    <Button
      size="xs"
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={15} aria-hidden />}
      aria-label={t('minutes.export', { file })}
      onClick={run}
    >
      {file}
    </Button>
  );
}

function Submit({ minutes: { meetingId } }: { minutes: Minutes }) {
  const t = useText(messages);
  const [asking, { open, close }] = useDisclosure(false);
  const submit = useMinutesChange(client.minutes.submit);
  const run = async () => {
    await submit.mutateAsync({ id: meetingId });
    sayDone(t('minutes.submitted'));
  };
  return (
    <>
      <Button size="xs" leftSection={<IconSend size={15} aria-hidden />} onClick={open}>
        {t('minutes.submit')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t('minutes.submitTitle')}
        action={t('minutes.submit')}
        onConfirm={run}
        danger={false}
      >
        {t('minutes.submitDetail')}
      </ConfirmDialog>
    </>
  );
}

function Reopen({ minutes: { meetingId, state } }: { minutes: Minutes }) {
  const t = useText(messages);
  const say = useText(common);
  const [asking, { open, close }] = useDisclosure(false);
  const reopen = useMinutesChange(client.minutes.reopen, { inPlace: true });
  const end = () => {
    reopen.reset();
    close();
  };
  const isApproved = state === 'approved';
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconLockOpen size={15} aria-hidden />} onClick={open}>
        {t('minutes.reopen')}
      </Button>
      <Modal
        opened={asking}
        onClose={end}
        title={t('minutes.reopenTitle')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <ReasonForm
          label={t('minutes.reopenReason')}
          required={isApproved}
          submit={t('minutes.reopen')}
          danger={isApproved}
          busy={reopen.isPending}
          error={reopen.error}
          onSubmit={(reason) =>
            reopen.mutate(
              { id: meetingId, ...(reason ? { reason } : {}) },
              {
                onSuccess: () => {
                  sayDone(t('minutes.reopened'));
                  end();
                },
              },
            )
          }
          onCancel={end}
        >
          {t(isApproved ? 'minutes.reopenApproved' : 'minutes.reopenSubmitted')}
        </ReasonForm>
      </Modal>
    </>
  );
}
