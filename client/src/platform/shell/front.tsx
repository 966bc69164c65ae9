import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useLocale, useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { usePage } from '../page.tsx';
import { orpc } from '../query.ts';
import styles from './front.module.css';
import { Logo } from './logo.tsx';
import { LanguageMenu, ThemeMenu } from './preference-menus.tsx';

type Props = {
  readonly title: string;
  readonly detail?: string;
  readonly children: ReactNode;
  /** For more than a form, such as the accounts of the demonstration. */
  readonly wide?: boolean;
};

/** The frame of the pages before the door: what Concert is, on one side; the form, on the other. */
export function Front({ title, detail, children, wide = false }: Props) {
  const t = useText(common);
  const locale = useLocale();
  const boot = useQuery({ ...orpc.accounts.boot.queryOptions({ input: {} }), staleTime: 60_000 });
  const name = boot.data?.name[locale] ?? 'Concert';
  const contact = boot.data?.contactEmail;
  usePage(title);
  return (
    <div className={styles.root}>
      <header className={styles.bar}>
        <Link to="/" className={styles.brand}>
          <Logo size={28} />
          {name}
        </Link>
        <Group gap={4}>
          <LanguageMenu />
          <ThemeMenu />
        </Group>
      </header>
      <main className={styles.main} data-wide={wide || undefined}>
        <div className={styles.words}>
          <Text className={styles.line}>{t('brand.line')}</Text>
          <Text c="dimmed" size="lg" mt="md">
            {t('brand.detail')}
          </Text>
        </div>
        <Paper className={styles.card} shadow="md" radius="xl">
          <Title order={1}>{title}</Title>
          {detail && (
            <Text c="dimmed" size="sm" mt={6}>
              {detail}
            </Text>
          )}
          {children}
          {contact && (
            <Text size="sm" c="dimmed" mt="lg">
              {t('front.questions')}{' '}
              <Anchor href={`mailto:${contact}`} underline="always">
                {contact}
              </Anchor>
            </Text>
          )}
        </Paper>
      </main>
    </div>
  );
}

type SwitchProps = {
  readonly question: string;
  readonly label: string;
  readonly to: string;
  /** What goes along without being written into the address. */
  readonly state?: unknown;
};

/** "No account yet? Create one": the way from one front page to another. */
export function FrontSwitch({ question, label, to, state }: SwitchProps) {
  return (
    <Text size="sm" mt="lg" c="dimmed">
      {question}{' '}
      <Anchor component={Link} to={to} state={state} underline="always">
        {label}
      </Anchor>
    </Text>
  );
}
