import { atLeast } from '@concert/domain/access/roles.ts';
import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { Center, Loader, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, useEffect, useMemo, useRef } from 'react';
import type { Room } from '../../platform/editor/room.ts';
import type { RoomState } from '../../platform/editor/room-watch.ts';
import { useRoom } from '../../platform/editor/use-room.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { FieldsProvider } from '../fields/context.tsx';
import { type KindInfo, kindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';
import { GrowthBanner, QuarantineBanner, ReadOnlyBanner } from './banners.tsx';
import { LastValidState } from './last-valid-state.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { RecoveredBanner } from './recovered-banner.tsx';
import { RefusalPage } from './refusal-page.tsx';

type Shown = { readonly document: DocumentDetail; readonly state: RoomState; readonly editable: boolean };

/** The work on a document that is open. */
export type WorkProps = Shown & { readonly room: Room; readonly info: KindInfo };

/** How much of a document a place has room for. */
type Look = {
  /** Stands alone while the document is being opened, or is broken. */
  readonly Bar: ComponentType<Shown>;
  /** Brings the bar along. */
  readonly Work: ComponentType<WorkProps>;
};

/** Whether this reader may change the document now. */
export const mayEdit = ({ role, workspaceState, quarantined, sealed, trashedAt }: DocumentDetail): boolean =>
  atLeast(role, 'editor') && workspaceState === 'active' && !quarantined && !sealed && !trashedAt;

/** One open document: connected, with whatever has to be said about that, and the work on it. */
export function DocumentRoom({ document, look: { Bar, Work } }: { document: DocumentDetail; look: Look }) {
  const me = useMe();
  const queries = useQueryClient();
  const person = useMemo(() => ({ id: me.id, name: me.name, color: me.color }), [me.id, me.name, me.color]);
  const editable = mayEdit(document);
  const here = { input: { id: document.id } };
  const { room, state, recovered, forgetRecovered } = useRoom({
    documentId: document.id,
    me: person,
    mayWrite: editable,
    stillReads: () => queries.fetchQuery({ ...orpc.documents.get.queryOptions(here), staleTime: 0 }).then(() => true),
    onAccessChanged: () => void queries.invalidateQueries({ queryKey: orpc.documents.get.key(here) }),
  });
  const info = useMemo(() => kindInfo(document.kind), [document.kind]);
  useRoleNotice(editable, document.sealed);

  if (state.refusal && state.refusal !== 'bad-update' && state.refusal !== 'too-big') {
    return <RefusalPage refusal={state.refusal} document={document} />;
  }
  return (
    <>
      <ReadOnlyBanner document={document} />
      {editable && <GrowthBanner document={document} />}
      <LeaveDialog state={state} />
      {recovered && (
        <RecoveredBanner
          recovered={recovered}
          onForget={forgetRecovered}
          info={info}
          room={state.ready ? room : undefined}
        />
      )}
      {document.quarantined && (
        <>
          <Bar state={state} document={document} editable={false} />
          <QuarantineBanner document={document} />
          <LastValidState document={document} />
        </>
      )}
      {!document.quarantined && room && state.ready && (
        <FieldsProvider room={room} kind={info.kind} workspaceId={document.workspaceId} editable={editable}>
          <Work key={room.doc.guid} room={room} state={state} document={document} info={info} editable={editable} />
        </FieldsProvider>
      )}
      {!document.quarantined && !(room && state.ready) && (
        <>
          <Bar state={state} document={document} editable={editable} />
          <Opening offline={state.link === 'offline'} />
        </>
      )}
    </>
  );
}

function Opening({ offline }: { offline: boolean }) {
  const t = useText(messages);
  return (
    <Center mih="40vh" p="lg" role="status">
      <Stack align="center" gap="sm" maw="26rem" ta="center">
        <Loader size="sm" />
        <Text c="dimmed" size="sm">
          {t(offline ? 'page.openingOffline' : 'page.opening')}
        </Text>
      </Stack>
    </Center>
  );
}

/** Says it when a right to write came or went while the page is open, and whether a seal was the reason. */
function useRoleNotice(editable: boolean, sealed: boolean): void {
  const t = useText(messages);
  const before = useRef({ editable, sealed });
  useEffect(() => {
    const held = before.current;
    before.current = { editable, sealed };
    if (held.editable === editable) return;
    const about = held.sealed === sealed ? 'role' : 'sealed';
    sayDone(t(`${about}.changed.${editable ? 'up' : 'down'}`));
  }, [editable, sealed, t]);
}
