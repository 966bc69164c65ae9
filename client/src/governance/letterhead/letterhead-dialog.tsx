import type { Body, Letterhead } from '@concert/domain/governance/api.ts';
import { LETTERHEAD, LOGO_TYPES } from '@concert/domain/governance/letterhead.ts';
import { Alert, Button, FileButton, Group, Input, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconPhoto, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { LetterheadPaper } from './letterhead-paper.tsx';
import { given, isEmpty, type LetterheadValues, urlOf, valuesOf, wrongLines } from './values.ts';

type Props = { readonly body: Body; readonly opened: boolean; readonly onClose: () => void };

/** [G20] The letterhead of a body: what stands at the head of its minutes. */
export function LetterheadDialog({ body, opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('letterhead.title', { name: body.name })}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Loaded body={body} onDone={onClose} />
    </Modal>
  );
}

type FormProps = { readonly body: Body; readonly onDone: () => void };

/** The one that is there has to be known before it is changed. */
function Loaded(props: FormProps) {
  const { id } = props.body;
  // Read anew each time: a change begins with what is there, not with what was shown last.
  const query = useQuery(orpc.governance.letterhead.queryOptions({ input: { id }, gcTime: 0 }));
  if (query.isPending) return <ListSkeleton count={3} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <LetterheadForm {...props} before={query.data} />;
}

function useSave({ body, onDone }: FormProps) {
  const t = useText(messages);
  return useMutation(
    orpc.governance.setLetterhead.mutationOptions({
      onSuccess: ({ lines, logo }) => {
        const gone = lines.length === 0 && logo === undefined;
        sayDone(t(gone ? 'letterhead.removed' : 'letterhead.saved', { name: body.name }));
        onDone();
      },
      meta: { saidInPlace: true },
    }),
  );
}

/** Lines, a logo, and the page as it will be. */
export function LetterheadForm(props: FormProps & { readonly before: Letterhead }) {
  const { body, onDone } = props;
  const t = useText(messages);
  const say = useText(common);
  const explain = useProblemText();
  // What somebody else saves meanwhile does not change what is being written here.
  const [before] = useState(props.before);
  const [values, setValues] = useState(() => valuesOf(before));
  const save = useSave(props);
  const wrong = wrongLines(values);
  const error =
    wrong === 'too-many' ? t('letterhead.tooMany') : wrong && t('letterhead.tooLong', { line: wrong.tooLong });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong === undefined) save.mutate({ id: body.id, ...given(values, before) });
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('letterhead.detail')}</Text>
        <Textarea
          data-autofocus
          label={t('letterhead.lines')}
          description={t('letterhead.linesHelp')}
          rows={LETTERHEAD.lines}
          value={values.text}
          onChange={({ currentTarget }) => setValues({ ...values, text: currentTarget.value })}
          error={error}
        />
        <LogoField values={values} onChange={(logo) => setValues({ ...values, logo })} />
        <LetterheadPaper values={values} />
        {save.isError && (
          <Alert color="red" role="alert">
            {explain(save.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          {!isEmpty(valuesOf(before)) && (
            <Button
              variant="subtle"
              color="red"
              me="auto"
              leftSection={<IconTrash size={16} aria-hidden />}
              disabled={save.isPending}
              onClick={() => save.mutate({ id: body.id, lines: [], logo: null })}
            >
              {t('letterhead.remove')}
            </Button>
          )}
          <Button variant="default" onClick={onDone}>
            {say('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {say('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type LogoProps = { readonly values: LetterheadValues; readonly onChange: (logo: string | null) => void };

/** [G21] The server reads what an image really is; here only what is plain before it is sent is said. */
function LogoField({ values: { logo }, onChange }: LogoProps) {
  const t = useText(messages);
  const [tooBig, setTooBig] = useState(false);
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setTooBig(file.size > LETTERHEAD.givenBytes);
    if (file.size <= LETTERHEAD.givenBytes) onChange(await urlOf(file));
  };
  return (
    <Input.Wrapper
      labelElement="div"
      label={t('letterhead.logo')}
      description={t('letterhead.logoHelp')}
      error={tooBig && t('problem.logo-too-big')}
    >
      <Group gap="xs" my={6}>
        <FileButton
          accept={LOGO_TYPES.join(',')}
          onChange={(file) => void take(file)}
          inputProps={{ 'aria-label': t('letterhead.choose') }}
        >
          {({ onClick }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPhoto size={16} stroke={1.7} aria-hidden />}
              onClick={onClick}
            >
              {t(logo === null ? 'letterhead.choose' : 'letterhead.replace')}
            </Button>
          )}
        </FileButton>
        {logo !== null && (
          <Button size="xs" variant="subtle" onClick={() => onChange(null)}>
            {t('letterhead.removeLogo')}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
