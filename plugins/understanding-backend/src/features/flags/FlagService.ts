import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  FlagPage,
  listFlagsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { readCursor, writeCursor } from '../../http/cursor';
import { paginate } from '../../http/paginate';
import { Access } from '../../permissions/Access';
import { withoutHiddenNames } from '../../permissions/hiding';
import { FlagStore } from './FlagStore';

const positionSchema = z.object({ since: z.string(), id: z.string() });

/** Lists findings for callers, as far as they may see the entities. */
export class FlagService {
  readonly #access: Access;
  readonly #flags: FlagStore;

  static create(options: { access: Access; flags: FlagStore }): FlagService {
    return new FlagService(options.access, options.flags);
  }

  private constructor(access: Access, flags: FlagStore) {
    this.#access = access;
    this.#flags = flags;
  }

  async list(
    query: z.output<typeof listFlagsQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<FlagPage> {
    const filter = {
      state: query.state,
      rule: query.rule,
      ownerRef: query.owner,
      entityRef: query.entity,
    };
    const { entities } = await this.#access.ofLists(credentials);
    const page = await paginate({
      visible: entities,
      limit: query.limit,
      after: readCursor(positionSchema, query.cursor),
      list: range => this.#flags.list(filter, range),
      count: () => this.#flags.count(filter),
      refOf: flag => flag.entityRef,
      positionOf: ({ since, id }) => ({ since, id }),
    });
    return {
      items: page.items.map(flag => withoutHiddenNames(flag, entities)),
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
    };
  }
}
