import { atLeast } from '@concert/domain/access/roles.ts';
import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { Center, Loader, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useRoom } from '../../platform/editor/use-room.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { sayDone } from '../../ui/notify.ts';
import { FieldsProvider } from '../fields/context.tsx';
import { kindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';
import { GrowthBanner, QuarantineBanner, ReadOnlyBanner } from './banners.tsx';
import { DocumentBar } from './document-bar.tsx';
import { DocumentWork } from './document-work.tsx';
import { LastValidState } from './last-valid-state.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { RecoveredBanner } from './recovered-banner.tsx';
import { RefusalPage } from './refusal-page.tsx';

/** Whether this reader may change the document now. */
export const mayEdit = ({ role, workspaceState, quarantined, trashedAt }: DocumentDetail): boolean =>
  atLeast(role, 'editor') && workspaceState === 'active' && !quarantined && !trashedAt;

/** One open document: connected, with whatever has to be said about that, and the work on it. */
export function DocumentRoom({ document }: { document: DocumentDetail }) {
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
  useRoleNotice(editable);

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
          <DocumentBar state={state} document={document} editable={false} />
          <QuarantineBanner document={document} />
          <LastValidState document={document} />
        </>
      )}
      {!document.quarantined && room && state.ready && (
        <FieldsProvider room={room} kind={info.kind} workspaceId={document.workspaceId} editable={editable}>
          <DocumentWork
            key={room.doc.guid}
            room={room}
            state={state}
            document={document}
            info={info}
            editable={editable}
          />
        </FieldsProvider>
      )}
      {!document.quarantined && !(room && state.ready) && (
        <>
          <DocumentBar state={state} document={document} editable={editable} />
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

/** Says it when a right to write came or went while the page is open. */
function useRoleNotice(editable: boolean): void {
  const t = useText(messages);
  const before = useRef(editable);
  useEffect(() => {
    if (before.current !== editable) sayDone(t(editable ? 'role.changed.up' : 'role.changed.down'));
    before.current = editable;
  }, [editable, t]);
}
