/** The answer of a rule: allowed, or refused for one reason out of a closed set that the interface can explain. */
export type Verdict<Reason extends string> = { ok: true } | { ok: false; reason: Reason };

/** The one positive verdict. */
export const yes: { ok: true } = { ok: true };

/** A refusal with its reason. */
export const no = <Reason extends string>(reason: Reason): { ok: false; reason: Reason } => ({ ok: false, reason });
