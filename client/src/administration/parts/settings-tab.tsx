import { Email, LOCALES } from '@concert/contract';
import {
  DEFAULT_ROLES,
  type Settings,
  type SettingsFields,
  SIGN_UP_MODES,
  VERIFY_EMAIL_MODES,
} from '@concert/domain/administration/settings.ts';
import { Alert, Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client, orpc, problemOf } from '../../platform/query.ts';
import { LANGUAGE_NAMES } from '../../platform/shell/preference-menus.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';

/** What administrators decide for the whole installation. */
export function SettingsTab() {
  const settings = useQuery(orpc.administration.settings.queryOptions({ input: {} }));
  if (settings.isPending) return <ListSkeleton count={6} />;
  if (settings.isError) return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  return <SettingsForm key={settings.data.rev} settings={settings.data} />;
}

type Values = Omit<SettingsFields, 'contactEmail'> & { contactEmail: string };

const valuesOf = ({ signUp, verifyEmail, defaultPlatformRole, name, contactEmail }: Settings): Values => ({
  signUp,
  verifyEmail,
  defaultPlatformRole,
  name: { ...name },
  contactEmail: contactEmail ?? '',
});

function SettingsForm({ settings }: { settings: Settings }) {
  const t = useText(messages);
  const say = useText(common);
  const format = useFormat();
  const explain = useProblemText();
  const queries = useQueryClient();
  const named = (value: string) => (value.trim() ? null : t('valid.installation'));
  const form = useForm<Values>({
    initialValues: valuesOf(settings),
    validate: {
      name: { fr: named, en: named, it: named },
      contactEmail: (value) => (value.trim() === '' || Email.safeParse(value.trim()).success ? null : t('valid.email')),
    },
  });
  const save = useMutation({
    mutationFn: (values: Values) =>
      client.administration.changeSettings({
        rev: settings.rev,
        ...values,
        contactEmail: values.contactEmail.trim() || null,
      }),
    onSuccess: (saved) => {
      queries.setQueryData(orpc.administration.settings.queryOptions({ input: {} }).queryKey, saved);
      void queries.invalidateQueries({ queryKey: orpc.accounts.boot.key() });
      sayDone(t('settings.saved'));
    },
    meta: { saidInPlace: true },
  });
  const reload = () => void queries.invalidateQueries({ queryKey: orpc.administration.settings.key() });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="2.5rem" maw="42rem">
        <Section title={t('settings.signUp')}>
          <Choices
            label={t('settings.signUp')}
            values={SIGN_UP_MODES}
            value={form.values.signUp}
            onChange={(value) => form.setFieldValue('signUp', value)}
            say={(value) => ({ label: t(`settings.signUp.${value}`), detail: t(`settings.signUp.${value}.detail`) })}
          />
        </Section>
        <Section title={t('settings.verifyEmail')}>
          <Choices
            label={t('settings.verifyEmail')}
            values={VERIFY_EMAIL_MODES}
            value={form.values.verifyEmail}
            onChange={(value) => form.setFieldValue('verifyEmail', value)}
            say={(value) => ({
              label: t(`settings.verifyEmail.${value}`),
              detail: t(`settings.verifyEmail.${value}.detail`),
            })}
          />
        </Section>
        <Section title={t('settings.defaultPlatformRole')}>
          <Choices
            label={t('settings.defaultPlatformRole')}
            values={DEFAULT_ROLES}
            value={form.values.defaultPlatformRole}
            onChange={(value) => form.setFieldValue('defaultPlatformRole', value)}
            say={(value) => ({
              label: t(`settings.defaultPlatformRole.${value}`),
              detail: t(`settings.defaultPlatformRole.${value}.detail`),
            })}
          />
        </Section>
        <Section title={t('settings.names')} detail={t('settings.namesDetail')}>
          <Stack gap="md">
            {LOCALES.map((locale) => (
              <TextInput
                key={locale}
                label={LANGUAGE_NAMES[locale]}
                maxLength={120}
                {...form.getInputProps(`name.${locale}`)}
              />
            ))}
            <TextInput
              label={t('settings.contact')}
              description={t('settings.contactHelp')}
              type="email"
              autoComplete="off"
              {...form.getInputProps('contactEmail')}
            />
          </Stack>
        </Section>
        {save.isError && (
          <Alert color="red" role="alert" title={t('settings.failed')}>
            {problemOf(save.error).status === 409 ? t('settings.changedMeanwhile') : explain(save.error)}
            {problemOf(save.error).status === 409 && (
              <Button variant="default" size="xs" mt="sm" display="block" onClick={reload}>
                {t('settings.reload')}
              </Button>
            )}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {say('save')}
          </Button>
          {settings.changedAt && (
            <Text size="xs" c="dimmed">
              {t('settings.changed', { when: format.relative(settings.changedAt) })}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

type ChoicesProps<Value extends string> = {
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The name of each answer, and what follows from it. */
  readonly say: (value: Value) => { readonly label: string; readonly detail: string };
};

/** A choice with what follows from each answer. */
function Choices<Value extends string>({ label, values, value, onChange, say }: ChoicesProps<Value>) {
  return (
    <Radio.Group
      aria-label={label}
      value={value}
      onChange={(next) => {
        const chosen = values.find((one) => one === next);
        if (chosen) onChange(chosen);
      }}
    >
      <Stack gap="sm">
        {values.map((one) => (
          <Radio key={one} value={one} label={say(one).label} description={say(one).detail} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
