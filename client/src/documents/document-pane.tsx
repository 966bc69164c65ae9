import { ActionIcon, Anchor, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import { scrollToCaret } from '../platform/editor/carets.ts';
import type { Room } from '../platform/editor/room.ts';
import { SavedMark } from '../platform/editor/saved-mark.tsx';
import { TextSurface, useSurfaceState } from '../platform/editor/text-surface.tsx';
import { useTextEditor } from '../platform/editor/use-text-editor.ts';
import { useLocale, useText } from '../platform/i18n.ts';
import type { DocumentPaneProps } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import styles from './document-pane.module.css';
import { messages } from './messages.ts';
import { PresentPeers } from './parts/document-bar.tsx';
import { DocumentRoom, type WorkProps } from './parts/document-room.tsx';

/** The live text of a document and what is needed to write in it; the rest is on its own page. */
export function DocumentPane({ documentId }: DocumentPaneProps) {
  const detail = useQuery(orpc.documents.get.queryOptions({ input: { id: documentId } }));
  if (detail.isError) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <PageSkeleton />;
  return (
    <div className={styles.pane}>
      <DocumentRoom key={documentId} document={detail.data} look={LOOK} />
    </div>
  );
}

type BarProps = Pick<WorkProps, 'document' | 'state' | 'editable'> & {
  readonly room?: Room;
  readonly text?: HTMLElement;
};

function Bar({ document: { id, title }, state, editable, room, text }: BarProps) {
  const t = useText(messages);
  return (
    <div className={styles.bar}>
      <Anchor component={Link} to={`/documents/${id}`} c="inherit" className={styles.title}>
        {title || t('page.titlePlaceholder')}
      </Anchor>
      <SavedMark state={state} readOnly={!editable} />
      {room && <PresentPeers room={room} onJump={(person) => text && scrollToCaret(text, person.id)} />}
      <Tooltip label={t('pane.page')}>
        <ActionIcon component={Link} to={`/documents/${id}`} aria-label={t('pane.page')}>
          <IconArrowsDiagonal size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function Work({ room, state, document, info, editable }: WorkProps) {
  const locale = useLocale();
  const surface = useSurfaceState();
  const promptOf = useCallback((id: string) => info.section(id)?.prompt[locale] ?? '', [info, locale]);
  const { editor, pickImage } = useTextEditor({
    room,
    editable,
    sectioned: info.textSections.length > 0,
    promptOf,
    onHelp: () => surface.onHelp(true),
    onLink: () => surface.onLinking(true),
  });
  const sections = useMemo(
    () => ({ label: (id: string) => info.section(id)?.label[locale] ?? id, prompt: promptOf }),
    [info, locale, promptOf],
  );
  return (
    <>
      <Bar
        document={document}
        state={state}
        editable={editable}
        room={room}
        {...(editor ? { text: editor.view.dom } : {})}
      />
      {editor && (
        <TextSurface
          {...surface}
          editor={editor}
          undo={room.undo}
          editable={editable}
          sections={sections}
          pickImage={pickImage}
        />
      )}
    </>
  );
}

const LOOK = { Bar, Work };
