import { WORKSPACE_ROLES } from '@concert/domain/access/roles.ts';
import { DOCUMENT_KINDS } from '@concert/domain/documents/api.ts';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconClipboardList, IconPlus, IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { usePage } from '../platform/page.tsx';
import { RequestError } from '../platform/query.ts';
import { LanguageMenu, ThemeMenu } from '../platform/shell/preference-menus.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import { DeviceLine } from '../ui/device-line.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { FormattedMoney } from '../ui/formatted-money.tsx';
import { KindIcon } from '../ui/kind-icon.tsx';
import { sayDone, sayProblem } from '../ui/notify.ts';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AvatarStack, type Face, PersonAvatar } from '../ui/person-avatar.tsx';
import { PersonLine } from '../ui/person-line.tsx';
import { FormattedDate, RelativeTime } from '../ui/relative-time.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Rows } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { SideNav } from '../ui/side-nav.tsx';
import { CardSkeleton, ListSkeleton } from '../ui/skeletons.tsx';
import { TabLinks } from '../ui/tab-links.tsx';
import { offerUndo } from '../ui/undo.tsx';
import { UntilField } from '../ui/until-field.tsx';
import { messages } from './messages.ts';

const PEOPLE: readonly Face[] = [
  { id: '1', name: 'Camille Perrin', color: '#0b6b68' },
  { id: '2', name: 'Élise Dubois', color: '#f59f00' },
  { id: '3', name: 'Giulia Ferraro', color: '#c2255c' },
  { id: '4', name: 'Jean-Pierre Roux', color: '#ffe066' },
  { id: '5', name: 'Oumar Sy', color: '#1c7ed6' },
];

const NETWORK = new RequestError({ code: 'NETWORK', reason: 'network', status: 0, detail: {} });

export function Page() {
  const t = useText(messages);
  usePage(t('title'));
  const tools = (
    <>
      <LanguageMenu />
      <ThemeMenu />
    </>
  );
  return (
    <main>
      <PageBody>
        <PageHeader title={t('title')} detail={t('detail')} actions={tools} />
        <Stack gap="2.5rem">
          <People />
          <Values />
          <Feedback />
          <Lists />
          <Ways />
        </Stack>
      </PageBody>
    </main>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} mb="sm">
        {name}
      </Title>
      {children}
    </section>
  );
}

function People() {
  return (
    <Part name="PersonAvatar, AvatarStack, PersonLine, RoleBadge">
      <Group gap="xl">
        {PEOPLE.map((person) => (
          <PersonAvatar key={person.id} person={person} />
        ))}
        <AvatarStack people={PEOPLE} />
        <PersonLine person={{ name: 'Camille Perrin', color: '#0b6b68' }} detail="camille@example.test" />
        {WORKSPACE_ROLES.map((role) => (
          <RoleBadge key={role} role={role} />
        ))}
      </Group>
    </Part>
  );
}

function Values() {
  const say = useText(common);
  const [from] = useState(() => new Date(Date.now() - 5 * 60_000).toISOString());
  return (
    <Part name="KindIcon, RelativeTime, FormattedDate, FormattedMoney">
      <Group gap="xl">
        {DOCUMENT_KINDS.map((kind) => (
          <Group key={kind} gap="xs">
            <KindIcon kind={kind} />
            <Text size="sm">{say(`kind.${kind}`)}</Text>
          </Group>
        ))}
        <RelativeTime at={from} />
        <FormattedDate at="2026-11-23" />
        <FormattedMoney value={{ amount: '120000.50', currency: 'EUR' }} />
      </Group>
    </Part>
  );
}

function Feedback() {
  const t = useText(messages);
  const say = useText(common);
  const [typed, setTyped] = useState('');
  return (
    <Part name="ConfirmButton, offerUndo, sayDone, sayProblem, ErrorState, CopyField, SearchField">
      <Stack>
        <Group>
          <ConfirmButton
            label={say('delete')}
            title={t('confirmTitle')}
            action={say('delete')}
            onConfirm={async () => sayDone(t('done'))}
          >
            {t('confirmBody')}
          </ConfirmButton>
          <Button variant="default" onClick={() => offerUndo(t('done'), () => sayDone(say('saved')))}>
            offerUndo
          </Button>
          <Button variant="default" onClick={() => sayDone(t('done'))}>
            sayDone
          </Button>
          <Button variant="default" onClick={() => sayProblem(NETWORK)}>
            sayProblem
          </Button>
        </Group>
        <ErrorState error={NETWORK} onRetry={() => sayDone(say('retry'))} />
        <CopyField label={t('copy')} value="concert_0000000000000000000000000000" />
        <SearchField label={say('search')} value={typed} onChange={setTyped} />
      </Stack>
    </Part>
  );
}

function Lists() {
  const t = useText(messages);
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => sayDone(t('action'))}>
      {t('action')}
    </Button>
  );
  return (
    <>
      <Part name="EmptyState">
        <Stack>
          <EmptyState icon={IconClipboardList} title={t('emptyTitle')} action={add}>
            {t('emptyBody')}
          </EmptyState>
          <EmptyState icon={IconClipboardList} title={t('emptyTitle')} compact>
            {t('emptyBody')}
          </EmptyState>
        </Stack>
      </Part>
      <Part name="Rows, ListSkeleton, CardSkeleton">
        <Stack>
          <Rows>
            {PEOPLE.slice(0, 2).map((person) => (
              <Group key={person.id} py="sm">
                <PersonLine person={person} />
              </Group>
            ))}
          </Rows>
          <ListSkeleton count={2} />
          <CardSkeleton />
        </Stack>
      </Part>
    </>
  );
}

/** Ways between pages, a device, the end of something. */
function Ways() {
  const t = useText(messages);
  const [day, setDay] = useState<string | null>('2027-06-30');
  const pages = [
    { to: '#one', label: t('emptyTitle'), icon: IconClipboardList, open: true, count: 4 },
    { to: '#two', label: t('action'), icon: IconUsers, open: false, count: 12 },
  ];
  return (
    <Part name="TabLinks, SideNav, DeviceLine, UntilField">
      <Stack gap="md">
        <TabLinks label="TabLinks" tabs={pages} />
        <SideNav label="SideNav" items={pages.map(({ count: _count, ...page }) => page)} />
        <DeviceLine
          userAgent="Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
          detail={<FormattedDate at="2026-11-23" />}
        />
        <UntilField name="UntilField" value={day} onChange={setDay} />
      </Stack>
    </Part>
  );
}
