import { Email } from '@concert/contract';
import { GRANTED_ROLES, type GrantedRole } from '@concert/domain/access/api.ts';
import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { sayDone } from '../../ui/notify.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { useProblemText } from '../problem-text.ts';
import { endOf } from './ends.ts';
import { Grantee } from './grantee.tsx';
import { messages } from './messages.ts';
import { RoleSelect } from './role-select.tsx';
import { type GranteeType, routesOf, type Subject, useRightsChanged } from './subject.ts';

type Values = {
  type: GranteeType;
  /** The id of a body or organisation, or the address of a person. */
  who: string;
  role: GrantedRole;
  until: string | null;
};

/** Whole bodies and organisations anywhere; single people on one document (in a workspace they are members). */
const TYPES: Record<Subject['kind'], readonly GranteeType[]> = {
  workspace: ['body', 'organisation'],
  document: ['person', 'body', 'organisation'],
};

/** Gives a right on the subject, to a day or without an end. */
export function GiveGrant({ subject }: { subject: Subject }) {
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  const changed = useRightsChanged();
  const first = TYPES[subject.kind][0] ?? 'body';
  const empty: Values = { type: first, who: '', role: 'viewer', until: null };
  const form = useForm({
    initialValues: empty,
    validate: {
      who: (value, { type }) => {
        if (type === 'person') return Email.safeParse(value.trim()).success ? null : t('valid.email');
        return value ? null : t('valid.choose');
      },
    },
  });
  const give = useMutation(
    routesOf(subject).grant.mutationOptions({
      onSuccess: ({ principal }) => {
        sayDone(t('grants.given', { name: principal.name }));
        form.setFieldValue('who', '');
        return changed();
      },
      onError: (error) => form.setFieldError('who', explain(error)),
      meta: { saidInPlace: true },
    }),
  );
  const submit = ({ type, who, role, until }: Values) =>
    give.mutate({
      id: subject.id,
      principal: type === 'person' ? { type, email: who.trim() } : { type, id: who },
      role,
      ...(until ? { until: endOf(until) } : {}),
    });
  const props = { ...form.getInputProps('who'), value: form.values.who };
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm" mb="md">
        <SegmentedControl
          style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
          aria-label={t('give.type')}
          value={form.values.type}
          onChange={(type) => form.setValues({ type, who: '' })}
          data={TYPES[subject.kind].map((type) => ({ value: type, label: t(`type.${type}`) }))}
        />
        <Group align="flex-start" gap="sm">
          <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
            <Grantee type={form.values.type} {...props} />
          </div>
          <UntilField
            label={say('until.label')}
            value={form.values.until}
            onChange={(until) => form.setFieldValue('until', until)}
          />
          <RoleSelect
            roles={GRANTED_ROLES}
            label={t('give.role')}
            value={form.values.role}
            onChange={(role) => form.setFieldValue('role', role)}
          />
          <Button
            type="submit"
            loading={give.isPending}
            w={{ base: '100%', sm: 'auto' }}
            mt={{ base: 0, sm: '1.45rem' }}
          >
            {t('give.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
