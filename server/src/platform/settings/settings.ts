import type { Settings, SettingsChange } from '@concert/domain/administration/settings.ts';

/** What administrators have decided for the whole installation: one record, the same on every instance at once. */
export type SettingsPort = {
  /** Read from the database each time, by its id: no instance ever works with what another has changed. */
  get(): Promise<Settings>;
  /**
   * Changes the settings as they were read at `rev`.
   * @throws Problem CONFLICT `changed-meanwhile` when they have changed since
   */
  change(rev: number, change: SettingsChange, personId: string): Promise<Settings>;
};
