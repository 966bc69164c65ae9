import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './new-password.module.css';
import { type Strength, strengthOf } from './password-strength.ts';

/** How many of the four bars are filled. */
const BARS: Record<Strength, number> = { short: 0, guessable: 1, fair: 2, good: 3, strong: 4 };

type Props = PasswordInputProps & {
  readonly value: string;
  /** What others know of the person: name, address. A password made of it is easily guessed. */
  readonly known: readonly string[];
};

/** A field for a new password, which says in words how hard it is to guess and what would help. */
export function NewPassword({ value, known, ...input }: Props) {
  const t = useText(messages);
  return (
    <PasswordInput
      label={t('signIn.password')}
      // One description for both, so that whoever hears the field hears the judgement too.
      description={
        <span aria-live="polite">{value === '' ? t('password.help') : <Meter password={value} known={known} />}</span>
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="new-password"
      maxLength={256}
      value={value}
      visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
      {...input}
    />
  );
}

function Meter({ password, known }: { password: string; known: readonly string[] }) {
  const t = useText(messages);
  const { strength, advice } = strengthOf(password, known);
  return (
    <>
      <span className={styles.bars} data-strength={strength} aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} data-on={bar <= BARS[strength] || undefined} />
        ))}
      </span>
      <strong>{t(`password.${strength}`)}</strong> {advice && t(`password.advice.${advice}`)}
    </>
  );
}
