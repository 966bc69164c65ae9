import { atLeast } from '@concert/domain/access/roles.ts';
import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { ActionIcon, Alert, Button, Group, Loader, Menu, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCopy,
  IconDotsVertical,
  IconDownload,
  IconFolderSymlink,
  IconHistory,
  IconKeyboard,
  IconLink,
  IconTrash,
  IconUserEdit,
  IconUserShare,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { editorMessages } from '../../platform/editor/messages.ts';
import type { Authors } from '../../platform/editor/use-authors.ts';
import { downloadDocument, EXPORTS, type ExportFormat } from '../../platform/export.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import { offerUndo } from '../../ui/undo.tsx';
import { messages } from '../messages.ts';
import { useDuplicate } from '../use-duplicate.ts';

type Props = {
  readonly document: DocumentDetail;
  readonly editable: boolean;
  readonly onVersions: () => void;
  readonly onShare: () => void;
  /** Absent where there is no text to show them in. */
  readonly authors?: Authors | undefined;
  readonly onHelp: () => void;
};

/** Everything that can be done with the document as a whole. */
export function DocumentMenu({ document, editable, onVersions, onShare, authors, onHelp }: Props) {
  const t = useText(messages);
  const ofEditor = useText(editorMessages);
  const [moving, move] = useDisclosure(false);
  const { exporting, run } = useExport(document);
  const { duplicate, trash } = useDocumentActions(document);
  const mayWrite = atLeast(document.role, 'editor') && document.workspaceState === 'active' && !document.trashedAt;
  const copyLink = () =>
    navigator.clipboard.writeText(window.location.href).then(() => sayDone(t('menu.linkCopied')), sayProblem);
  return (
    <>
      <Menu width={240} position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('page.more')}>
            {exporting ? <Loader size={16} /> : <IconDotsVertical size={18} aria-hidden />}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUserShare size={16} aria-hidden />} onClick={onShare}>
            {t('page.share')}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={onVersions}>
            {t('page.versions')}
          </Menu.Item>
          {authors && (
            <Menu.Item leftSection={<IconUserEdit size={16} aria-hidden />} onClick={authors.toggle}>
              {ofEditor(authors.shown ? 'authors.hide' : 'authors.show')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={copyLink}>
            {t('menu.copyLink')}
          </Menu.Item>
          {editable && (
            <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onHelp}>
              {t('menu.help')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Label>{t('menu.export')}</Menu.Label>
          {EXPORTS.map((format) => (
            <Menu.Item key={format} leftSection={<IconDownload size={16} aria-hidden />} onClick={() => run(format)}>
              {t(`menu.export.${format}`)}
            </Menu.Item>
          ))}
          {mayWrite && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconCopy size={16} aria-hidden />}
                onClick={() => duplicate.mutate({ id: document.id })}
              >
                {t('menu.duplicate')}
              </Menu.Item>
              {!document.shared && (
                <>
                  <Menu.Item leftSection={<IconFolderSymlink size={16} aria-hidden />} onClick={move.open}>
                    {t('menu.move')}
                  </Menu.Item>
                  {!document.sealed && (
                    <Menu.Item
                      leftSection={<IconTrash size={16} aria-hidden />}
                      color="red"
                      onClick={() => trash.mutate({ id: document.id })}
                    >
                      {t('menu.trash')}
                    </Menu.Item>
                  )}
                </>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <MoveDialog document={document} opened={moving} onClose={move.close} />
    </>
  );
}

function useExport({ id, title }: DocumentDetail) {
  const t = useText(messages);
  const locale = useLocale();
  const [exporting, setExporting] = useState(false);
  const run = (format: ExportFormat) => {
    setExporting(true);
    downloadDocument(id, title, format, locale)
      .catch((error: unknown) => sayProblem(error, t('menu.export.failed')))
      .finally(() => setExporting(false));
  };
  return { exporting, run };
}

function useDocumentActions({ workspaceId, title, id }: DocumentDetail) {
  const t = useText(messages);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => void queries.invalidateQueries({ queryKey: orpc.documents.key() });
  const restore = useMutation(
    orpc.documents.restore.mutationOptions({
      onSuccess: () => {
        refresh();
        void navigate(`/documents/${id}`);
      },
      onError: (error) => sayProblem(error, t('trash.failed')),
    }),
  );
  const duplicate = useDuplicate();
  const trash = useMutation(
    orpc.documents.trash.mutationOptions({
      onSuccess: () => {
        void navigate(`/workspaces/${workspaceId}`);
        refresh();
        offerUndo(t('menu.trashed', { title }), () => restore.mutate({ id }));
      },
      onError: (error) => sayProblem(error, t('menu.trash.failed')),
    }),
  );
  return { duplicate, trash };
}

function MoveDialog({ document, opened, onClose }: { document: DocumentDetail; opened: boolean; onClose: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const queries = useQueryClient();
  const [to, setTo] = useState<string | null>(null);
  const list = useQuery({ ...orpc.workspaces.list.queryOptions({ input: { limit: 200 } }), enabled: opened });
  const targets = (list.data?.items ?? []).filter(
    ({ id, role, state }) => id !== document.workspaceId && state === 'active' && atLeast(role, 'editor'),
  );
  const move = useMutation(
    orpc.documents.update.mutationOptions({
      onSuccess: (moved) => {
        void queries.invalidateQueries({ queryKey: orpc.documents.key() });
        sayDone(t('menu.moved', { name: moved.workspaceName }));
        onClose();
      },
      onError: (error) => sayProblem(error, t('menu.move.failed')),
    }),
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('menu.move.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Stack>
        <Text size="sm">{list.isSuccess && targets.length === 0 ? t('menu.move.none') : t('menu.move.body')}</Text>
        <Select
          label={t('menu.move.to')}
          data={targets.map(({ id, name }) => ({ value: id, label: name }))}
          value={to}
          onChange={setTo}
          disabled={targets.length === 0}
        />
        {to !== null && <MoveEffect id={document.id} workspaceId={to} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button
            disabled={to === null}
            loading={move.isPending}
            onClick={() => to !== null && move.mutate({ id: document.id, workspaceId: to })}
          >
            {t('menu.move.submit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Whom a move concerns: who would begin and cease to see the document, and the rights that would end. */
function MoveEffect({ id, workspaceId }: { id: string; workspaceId: string }) {
  const t = useText(messages);
  const effect = useQuery(orpc.documents.moveEffect.queryOptions({ input: { id, workspaceId }, staleTime: 0 }));
  if (!effect.data) return null;
  const { gain, lose, gaining, grantsEnded } = effect.data;
  const names = gaining.map(({ name }) => name).join(', ');
  return (
    <Alert color={gain + lose + grantsEnded > 0 ? 'yellow' : 'gray'} role="status">
      {gain + lose + grantsEnded === 0 && t('move.nobody')}
      {gain > 0 && <div>{t('move.gain', { count: gain, names })}</div>}
      {lose > 0 && <div>{t('move.lose', { count: lose })}</div>}
      {grantsEnded > 0 && <div>{t('move.grants', { count: grantsEnded })}</div>}
    </Alert>
  );
}
