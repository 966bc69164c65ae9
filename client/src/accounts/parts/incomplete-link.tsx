import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';

/** Where a new link is asked for. */
export function NewLink({ to }: { to: string }) {
  const t = useText(messages);
  return (
    <Anchor component={Link} to={to} size="sm" underline="always" display="block" mt={6}>
      {t('link.new')}
    </Anchor>
  );
}

/** The ways on from a page whose link was cut off. */
export function IncompleteLink({ to }: { to?: string }) {
  const t = useText(messages);
  return (
    <div style={{ marginTop: '1.25rem' }}>
      {to && <NewLink to={to} />}
      <Anchor component={Link} to="/sign-in" size="sm" underline="always" display="block" mt={6}>
        {t('forgot.back')}
      </Anchor>
    </div>
  );
}
