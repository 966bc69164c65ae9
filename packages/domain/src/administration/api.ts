import { Email, Id, Locale, listOf, Page, PersonId, PLATFORM_ROLES } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Health } from './health.ts';
import { ManagedPerson, ManagedPersonDetail, PersonState } from './people.ts';
import { ERASE_WORD } from './personal-data.ts';
import { Settings, SettingsFields } from './settings.ts';

const PersonName = z.string().trim().min(1).max(120);
const PlatformRole = z.enum(PLATFORM_ROLES);
const tags = ['administration'];
const personPath = z.object({ id: PersonId });

/** What became of an erasure: one that was cut off goes on by itself. */
const Erasure = z.object({ state: z.enum(['erasing', 'erased']) });

export const administrationApi = {
  people: oc
    .route({
      method: 'GET',
      path: '/admin/people',
      tags,
      summary: 'The people of the installation, newest account first',
    })
    .input(
      Page.extend({
        /** Part of a name or of an address. */
        q: z.string().trim().max(100).optional(),
        state: PersonState.optional(),
        role: PlatformRole.optional(),
      }).strict(),
    )
    .output(listOf(ManagedPerson)),
  invite: oc
    .route({ method: 'POST', path: '/admin/people', tags, summary: 'Invite somebody by mail, with a platform role' })
    .input(z.object({ email: Email, name: PersonName, platformRole: PlatformRole, locale: Locale.optional() }).strict())
    .output(ManagedPersonDetail),
  person: oc
    .route({ method: 'GET', path: '/admin/people/{id}', tags, summary: 'One person, with what belongs to the account' })
    .input(personPath.strict())
    .output(ManagedPersonDetail),
  updatePerson: oc
    .route({
      method: 'PATCH',
      path: '/admin/people/{id}',
      tags,
      summary: 'Change role, suspension, name, title, organisation',
    })
    .input(
      personPath
        .extend({
          platformRole: PlatformRole.optional(),
          suspended: z.boolean().optional(),
          organisationConfirmed: z.boolean().optional(),
          name: PersonName.optional(),
          title: z.string().trim().max(160).optional(),
          organisationId: Id.nullable().optional(),
        })
        .strict(),
    )
    .output(ManagedPersonDetail),
  erasePerson: oc
    .route({ method: 'DELETE', path: '/admin/people/{id}', tags, summary: 'Erase a person: a pseudonym remains' })
    .input(personPath.extend({ confirm: z.literal(ERASE_WORD) }).strict())
    .output(Erasure),
  inviteAgain: oc
    .route({
      method: 'POST',
      path: '/admin/people/{id}/invitation',
      tags,
      summary: 'Send a new invitation to somebody who has not chosen a password yet',
    })
    .input(personPath.strict())
    .output(z.object({})),
  endSessions: oc
    .route({
      method: 'DELETE',
      path: '/admin/people/{id}/sessions',
      tags,
      summary: 'End every session and token of a person',
    })
    .input(personPath.strict())
    .output(z.object({})),
  settings: oc
    .route({ method: 'GET', path: '/admin/settings', tags, summary: 'Settings of the installation' })
    .input(z.object({}).strict())
    .output(Settings),
  changeSettings: oc
    .route({
      method: 'PATCH',
      path: '/admin/settings',
      tags,
      summary: 'Change settings as they were read at `rev`; 409 when they have changed since',
    })
    .input(
      SettingsFields.partial()
        .extend({ rev: z.number().int().min(0) })
        .strict(),
    )
    .output(Settings),
  health: oc
    .route({ method: 'GET', path: '/admin/health', tags, summary: 'How the installation is doing' })
    .input(z.object({}).strict())
    .output(Health),
  /** Answers a JSON file (PersonalExport) to keep. */
  exportMe: oc
    .route({
      method: 'GET',
      path: '/me/export',
      tags,
      summary: 'Everything held about me, as a file',
      outputStructure: 'detailed',
    })
    .input(z.object({}).strict())
    .output(z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(Blob) })),
  eraseMe: oc
    .route({ method: 'DELETE', path: '/me', tags, summary: 'Erase my account: a pseudonym remains' })
    .input(z.object({ password: z.string().min(1).max(256), confirm: z.literal(ERASE_WORD) }).strict())
    .output(Erasure),
};
