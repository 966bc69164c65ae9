/** What a run says, by name; null where there is nothing to say. Times in milliseconds unless the name says otherwise. */
export type Metrics = Record<string, number | boolean | null>;
