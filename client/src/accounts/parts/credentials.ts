import { Email } from '@concert/contract';
import { Password, PersonName } from '@concert/domain/accounts/api.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';

type Check = (value: string) => string | null;

/** The checks of the front pages, by the same shapes as the server's. */
export function useCredentialChecks(): { email: Check; name: Check; password: Check; filled: Check } {
  const t = useText(messages);
  return {
    email: (value) => (Email.safeParse(value.trim()).success ? null : t('valid.email')),
    name: (value) => (PersonName.safeParse(value).success ? null : t('valid.name')),
    password: (value) => (Password.safeParse(value).success ? null : t('valid.password')),
    filled: (value) => (value ? null : t('valid.required')),
  };
}
