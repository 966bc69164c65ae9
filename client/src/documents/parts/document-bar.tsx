import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHistory, IconUserShare } from '@tabler/icons-react';
import type { PeerPerson } from '../../platform/editor/peers.ts';
import { usePeers } from '../../platform/editor/peers.ts';
import { Presence } from '../../platform/editor/presence.tsx';
import type { Room } from '../../platform/editor/room.ts';
import type { RoomState } from '../../platform/editor/room-watch.ts';
import { SavedMark } from '../../platform/editor/saved-mark.tsx';
import type { Authors } from '../../platform/editor/use-authors.ts';
import { useText } from '../../platform/i18n.ts';
import { useModules } from '../../platform/modules-context.tsx';
import { TopBarSlot } from '../../platform/page.tsx';
import { SubjectActions } from '../../platform/subject-actions.tsx';
import { RoleBadge } from '../../ui/role-badge.tsx';
import { messages } from '../messages.ts';
import { DocumentMenu } from './document-menu.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { VersionsDrawer } from './versions-drawer.tsx';

type Props = {
  readonly document: DocumentDetail;
  readonly state: RoomState;
  readonly editable: boolean;
  readonly room?: Room;
  readonly onJump?: (person: PeerPerson, field: string | undefined) => void;
  readonly authors?: Authors;
  readonly onHelp?: () => void;
};

/** What the top bar shows of the open document: saved or not, who is here, sharing, versions, and the rest. */
export function DocumentBar({ document, state, editable, room, onJump, authors, onHelp }: Props) {
  const t = useText(messages);
  const modules = useModules();
  const [versions, { open, close }] = useDisclosure(false);
  const [sharing, share] = useDisclosure(false);
  return (
    <>
      <TopBarSlot>
        <SavedMark state={state} readOnly={!editable} />
        {room && onJump && <PresentPeers room={room} onJump={onJump} />}
        {!editable && <RoleBadge role={document.role} />}
        {modules.map(
          ({ name, DocumentActions }) => DocumentActions && <DocumentActions key={name} document={document} />,
        )}
        <SubjectActions kind="document" id={document.id} />
        <Tooltip label={t('page.share')}>
          <ActionIcon aria-label={t('page.share')} onClick={share.open} visibleFrom="sm">
            <IconUserShare size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('page.versions')}>
          <ActionIcon aria-label={t('page.versions')} onClick={open} visibleFrom="sm">
            <IconHistory size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <DocumentMenu
          document={document}
          editable={editable}
          onVersions={open}
          onShare={share.open}
          authors={authors}
          onHelp={onHelp ?? (() => undefined)}
        />
      </TopBarSlot>
      <ShareDialog document={document} opened={sharing} onClose={share.close} />
      <VersionsDrawer document={document} editable={editable} opened={versions} onClose={close} />
    </>
  );
}

/** Who else is in the document. */
export function PresentPeers({
  room,
  onJump,
}: {
  room: Room;
  onJump: (person: PeerPerson, field: string | undefined) => void;
}) {
  const peers = usePeers(room.awareness);
  // Another page of one's own is no company.
  return <Presence peers={peers.filter(({ person }) => person.id !== room.me.id)} onJump={onJump} />;
}
