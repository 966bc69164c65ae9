import { atLeast } from '@concert/domain/access/roles.ts';
import { DOCUMENT_KINDS, type DocumentKind, DocumentTitle } from '@concert/domain/documents/api.ts';
import { kindOf } from '@concert/domain/kinds.ts';
import { Button, Group, Modal, Radio, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { useLocale, useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { sayProblem } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import styles from './create-dialog.module.css';

type Asked = { readonly kind?: DocumentKind; readonly workspaceId?: string };

// Opened from the workspace page, the home page and the palette alike, so its state belongs to none of them.
const listeners = new Set<() => void>();
let asked: Asked | undefined;

function ask(next: Asked | undefined): void {
  asked = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens the dialog that creates a document. Without a workspace, the dialog asks for one. */
export const openCreateDocument = (wanted: Asked = {}): void => ask(wanted);

/** Mounted once, inside the shell. */
export function CreateDocumentDialog() {
  const t = useText(messages);
  const say = useText(common);
  const wanted = useSyncExternalStore(subscribe, () => asked);
  const close = () => ask(undefined);
  return (
    <Modal
      opened={wanted !== undefined}
      onClose={close}
      title={t('create.title')}
      size="38rem"
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      {wanted && <CreateForm asked={wanted} onDone={close} />}
    </Modal>
  );
}

/** Where this person may create documents. */
function useTargets() {
  const list = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: 200 } }));
  return (list.data?.items ?? []).filter(({ role, state }) => state === 'active' && atLeast(role, 'editor'));
}

function CreateForm({ asked: { kind: wantedKind, workspaceId }, onDone }: { asked: Asked; onDone: () => void }) {
  const t = useText(messages);
  const say = useText(common);
  const locale = useLocale();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const targets = useTargets();
  const [kind, setKind] = useState<DocumentKind>(wantedKind ?? 'needs-assessment');
  const [chosen, setChosen] = useState<string | null>(workspaceId ?? null);
  const [title, setTitle] = useState('');
  const [wrong, setWrong] = useState(false);
  const target = chosen ?? targets[0]?.id;
  const create = useMutation(
    orpc.documents.create.mutationOptions({
      onSuccess: (made) => {
        queries.setQueryData(orpc.documents.get.queryOptions({ input: { id: made.id } }).queryKey, made);
        void queries.invalidateQueries({ queryKey: orpc.documents.list.key() });
        onDone();
        void navigate(`/documents/${made.id}`);
      },
      onError: (error) => sayProblem(error, t('create.failed')),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const valid = DocumentTitle.safeParse(title);
    setWrong(!valid.success);
    if (valid.success && target) create.mutate({ workspaceId: target, kind, title: valid.data, locale });
  };
  if (!workspaceId && targets.length === 0) return <Text size="sm">{t('create.noWorkspace')}</Text>;
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Radio.Group
          label={t('create.kind')}
          value={kind}
          onChange={(next) => setKind(DOCUMENT_KINDS.find((one) => one === next) ?? kind)}
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={6}>
            {DOCUMENT_KINDS.map((each) => (
              <Radio.Card key={each} value={each} className={styles.card}>
                <KindIcon kind={each} size={20} />
                <span>
                  <Text span fw={600} size="sm" display="block">
                    {say(`kind.${each}`)}
                  </Text>
                  <Text span size="xs" c="dimmed">
                    {kindOf(each).description[locale]}
                  </Text>
                </span>
              </Radio.Card>
            ))}
          </SimpleGrid>
        </Radio.Group>
        <TextInput
          data-autofocus
          label={t('create.name')}
          placeholder={t(`create.name.placeholder.${kind}`)}
          maxLength={300}
          value={title}
          error={wrong ? t('create.required') : undefined}
          onChange={(event) => {
            setTitle(event.currentTarget.value);
            setWrong(false);
          }}
        />
        {!workspaceId && (
          <Select
            label={t('create.workspace')}
            allowDeselect={false}
            data={targets.map(({ id, name }) => ({ value: id, label: name }))}
            value={target ?? null}
            onChange={setChosen}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('create.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
