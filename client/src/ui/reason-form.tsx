import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { useProblemText } from '../platform/problem-text.ts';

type Props = {
  readonly children?: ReactNode;
  readonly label: string;
  readonly help?: string;
  readonly required: boolean;
  /** Without, there is nothing to give a reason for: the sentence and the button alone. */
  readonly asked?: boolean;
  readonly submit: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSubmit: (reason: string) => void;
  readonly onCancel: () => void;
};

/** What is about to be done, with the reason that is given for it. */
export function ReasonForm({ children, label, help, required, asked = true, error, ...rest }: Props) {
  const say = useText(common);
  const explain = useProblemText();
  const [reason, setReason] = useState('');
  const missing = asked && required && reason.trim() === '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) rest.onSubmit(reason.trim());
      }}
    >
      <Stack gap="md">
        {children && (
          <Text size="sm" component="div">
            {children}
          </Text>
        )}
        {asked && (
          <Textarea
            label={label}
            description={help}
            required={required}
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={1_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {error ? (
          <Alert color="red" variant="light" role="alert">
            {explain(error)}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={rest.onCancel}>
            {say('cancel')}
          </Button>
          <Button
            type="submit"
            data-autofocus={!asked || undefined}
            color={rest.danger ? 'red' : undefined}
            disabled={missing}
            loading={rest.busy}
          >
            {rest.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
