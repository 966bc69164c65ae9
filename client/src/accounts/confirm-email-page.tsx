import { ConfirmPage } from './verify-page.tsx';

/** `/confirm-email#secret`: takes another address, by the link that was mailed to it. */
export const Page = () => <ConfirmPage of="change" />;
