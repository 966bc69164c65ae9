import { defineModule } from '../platform/module.ts';
import { erasureService } from './erasure.ts';
import { invitations } from './invite.ts';
import { notedEvents } from './noted.ts';
import { administrationRoutes } from './routes.ts';

/** The installation's own affairs: its people, its settings, its health, and what is held about each person. */
export const administration = defineModule((platform) => {
  const { audit, outbox, ports, status } = platform;
  const erasure = erasureService(platform);
  const inviting = invitations(platform);
  outbox.watch('users');
  return {
    router: administrationRoutes({ platform, erasure, invitations: inviting, instanceId: ports.newRandomId() }),
    indexes: { outbox_failed: [{ key: { at: -1 } }] },
    reactions: { ...erasure.reactions, ...inviting.reactions, ...notedEvents(audit) },
    start: async () => {
      // Both were begun by somebody whose instance may have died since.
      await status.settle();
      await erasure.resume();
      return async () => undefined;
    },
  };
});
