/** One letter, ready to send: both parts are complete without the other. */
export type Letter = { readonly to: string; readonly subject: string; readonly text: string; readonly html: string; readonly messageId: string };

/** Sends letters: over SMTP, into the demonstration's outbox page, or into the log, as configured. */
export type Mail = { send(letter: Letter): Promise<void> };
