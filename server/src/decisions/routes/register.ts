import { Problem } from '@concert/contract';
import { decisionsApi } from '@concert/domain/decisions/api.ts';
import { mayDraft } from '@concert/domain/decisions/states.ts';
import { conducts } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import { implement } from '@orpc/server';
import { pageByDate, readDateCursor } from '../../platform/http/cursor.ts';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import type { Reader as PlatformReader } from '../../platform/mentions.ts';
import { readerOf } from '../../platform/rule-answers.ts';
import { adopt } from '../adopting.ts';
import { draftOf } from '../drafting.ts';
import { decisionParts, enforce, meetingsOf, notFound, type Parts, sees, tell } from '../parts.ts';
import type { Listed } from '../store.ts';
import { lineView } from '../views.ts';

/** [R2] Which decisions somebody may be shown in lists. */
export async function listedFor(
  { platform: { bodies, ports } }: Pick<Parts, 'platform'>,
  actor: PlatformReader,
): Promise<Listed> {
  const reader = readerOf(actor);
  const now = ports.now();
  const keeps = reader.platformRole === 'administrator' || reader.platformRole === 'secretariat';
  const own = await bodies.ofPerson(actor.personId);
  const conducted = (keeps ? await bodies.all() : own).filter((body) => conducts(body, reader, now));
  return {
    allOf: conducted.map(({ id }) => id),
    adoptedOf: own.flatMap(({ id: bodyId, mandates }) => {
      const mine = mandates.filter(({ personId }) => personId === actor.personId);
      if (mine.some((one) => isRunning(one, now))) return [{ bodyId }];
      return mine.map(({ from, until }) => ({ bodyId, from, until }));
    }),
    published: reader.platformRole !== 'guest' && !reader.limited,
  };
}

/** The register, and what is worded for it. */
export function registerRoutes(parts: Parts) {
  const { platform, store, texts } = parts;
  const { bodies, ports, resolutions } = platform;
  const os = implement(decisionsApi).$context<Context>().use(requireActor);
  const { answered, conduct, conducted, known, mustConduct, shown, visible } = decisionParts(parts);
  return {
    list: os.list.handler(async ({ input: { limit, cursor, ...wanted }, context: { actor } }) => {
      if (wanted.bodyId !== undefined && (await known(actor, wanted.bodyId)) === undefined) throw notFound();
      const listed = await listedFor(parts, actor);
      const [found, years] = await Promise.all([
        store.list(listed, wanted, { limit, after: readDateCursor(cursor) }),
        store.years(listed, wanted),
      ]);
      const page = pageByDate(found, limit, ({ sortAt, id }) => ({ at: sortAt, id }));
      const [named, barred] = await Promise.all([
        bodies.byIds(page.items.map(({ bodyId }) => bodyId)),
        resolutions.barredFrom(actor.personId, meetingsOf(page.items)),
      ]);
      const now = ports.now();
      return {
        ...page,
        items: page.items.flatMap((decision) => {
          const body = named.get(decision.bodyId);
          const one = body && { decision, body, now };
          return one !== undefined && sees(actor, one, barred) ? [lineView(one)] : [];
        }),
        years,
      };
    }),
    create: os.create.handler(async ({ input, context: { actor } }) => {
      const body = await conducted(actor, input.bodyId);
      const draft = await draftOf(parts, actor, body, input);
      await store.insert(draft, []);
      return answered(actor, draft, body);
    }),
    get: os.get.handler(async ({ input: { id }, context: { actor } }) => shown(actor, await visible(actor, id))),
    update: os.update.handler(async ({ input: { id, ...change }, context: { actor } }) =>
      conduct(actor, id, ({ decision }) => {
        enforce(mayDraft(decision.state));
        const { recommendation, reviewOn, ...rest } = change;
        const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
        return {
          ...given,
          ...(recommendation === undefined ? {} : { recommendation: recommendation ?? undefined }),
          ...(reviewOn === undefined ? {} : { reviewOn: reviewOn ?? undefined }),
        };
      }),
    ),
    remove: os.remove.handler(async ({ input: { id }, context: { actor } }) => {
      const found = await visible(actor, id);
      mustConduct(actor, found);
      enforce(mayDraft(found.decision.state));
      if (!(await store.removeDraft(id))) throw new Problem('CONFLICT', 'decision-adopted');
      await texts.remove(id);
      tell(platform, found);
      return {};
    }),
    adopt: os.adopt.handler(async ({ input: { id }, context: { actor } }) => {
      const found = await visible(actor, id);
      mustConduct(actor, found);
      return answered(actor, await adopt(parts, actor, found), found.body);
    }),
    content: os.content.handler(async ({ input: { id }, context: { actor } }) => {
      const { decision } = await visible(actor, id);
      const { content, hash } = decision;
      if (content === undefined || hash === undefined) throw notFound();
      return { content, hash };
    }),
    paper: os.paper.handler(async ({ input: { id, documentId }, context: { actor } }) => {
      const { decision } = await visible(actor, id);
      const paper = decision.papers.find((one) => one.documentId === documentId);
      // Of a draft nothing was kept yet: its documents are where they were.
      if (paper === undefined || decision.state === 'draft') throw notFound();
      const { title, kind, versionId, hash } = paper;
      return { title, kind, versionId, hash, content: await texts.content(id, documentId) };
    }),
  };
}
