import { type RefObject, useEffect, useRef } from 'react';
import { DocumentPane } from '../../platform/document-parts.tsx';
import { useText } from '../../platform/i18n.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { useSitting } from '../sitting/sitting-context.tsx';
import { KEEPS_FOCUS } from '../use-focus-kept.ts';
import { NoMinutes } from './begin.tsx';
import styles from './minutes.module.css';
import { NotReadable } from './minutes-view.tsx';
import { useMinutes } from './queries.ts';
import { MinutesRecord } from './record.tsx';

/** The minutes beside the sitting: who writes them goes on writing while the meeting goes on. */
export function MinutesPane() {
  const t = useText(messages);
  const { meeting } = useSitting();
  const pane = useRef<HTMLElement>(null);
  const minutes = useMinutes(meeting.id);
  useItemInView(pane, meeting.currentItemId);
  return (
    <section ref={pane} className={styles.pane} {...KEEPS_FOCUS} aria-label={t('view.minutes')}>
      {minutes.data?.documentId ? (
        <MinutesRecord minutes={minutes.data}>
          <DocumentPane documentId={minutes.data.documentId} />
        </MinutesRecord>
      ) : (
        <div className={styles.padded}>
          {minutes.isPending && <PageSkeleton />}
          {minutes.isError && <ErrorState error={minutes.error} onRetry={() => void minutes.refetch()} />}
          {minutes.data?.state && <NotReadable />}
          {minutes.data && !minutes.data.state && (
            <NoMinutes minutes={minutes.data} workspaceId={meeting.workspaceId} />
          )}
        </div>
      )}
    </section>
  );
}

/** The bars of the text cover so much of the pane. */
const COVERED_PX = 105;

/**
 * Brings the block of the item that is open into view when the sitting turns to it, or as soon as it is there: not under
 * the hands of somebody who is writing.
 */
function useItemInView(pane: RefObject<HTMLElement | null>, itemId: string | undefined): void {
  useEffect(() => {
    const { current: box } = pane;
    if (!box || itemId === undefined) return;
    const show = (): boolean => {
      const block = box.querySelector(`[data-part="item"][data-about="${CSS.escape(itemId)}"]`);
      if (!block) return false;
      if (box.querySelector('.doc-text')?.contains(document.activeElement) !== true) {
        const above = block.closest('.node-record')?.previousElementSibling;
        const first = above?.matches('h2') ? above : block;
        const top = first.getBoundingClientRect().top - box.getBoundingClientRect().top;
        box.scrollTo({ top: box.scrollTop + top - COVERED_PX, behavior: 'smooth' });
      }
      return true;
    };
    if (show()) return;
    const watch = new MutationObserver(() => {
      if (show()) watch.disconnect();
    });
    watch.observe(box, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [pane, itemId]);
}
