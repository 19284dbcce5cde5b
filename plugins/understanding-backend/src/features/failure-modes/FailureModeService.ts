import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  Comment,
  Comments,
  FailureMode,
  FailureModeContent,
  FailureModeFileResponse,
  FailureModeHistory,
  FailureModePage,
  UnderstandingSettings,
  combineEdges,
  findDependency,
  listFailureModesQuerySchema,
  understandingFailureModeCreatePermission,
  understandingFailureModeDeletePermission,
  understandingFailureModeUpdatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { readCursor, writeCursor } from '../../http/cursor';
import { conflictOf } from '../../http/ifMatch';
import { paginate } from '../../http/paginate';
import { Access, VisibleEntities, isVisible } from '../../permissions/Access';
import { seeEntity } from '../entities/seeEntity';
import { EdgeStore } from '../entities/EdgeStore';
import { EntityStore } from '../entities/EntityStore';
import type { ProposalStore } from '../entities/ProposalStore';
import { writeFailureModeFile } from './failureModeFile';
import { FailureModeFileStore } from './FailureModeFileStore';
import { Change, FailureModeStore } from './FailureModeStore';

const positionSchema = z.object({ createdAt: z.string(), id: z.string() });

export interface FailureModeServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly access: Access;
  readonly entities: EntityStore;
  readonly edges: EdgeStore;
  readonly modes: FailureModeStore;
  readonly files: FailureModeFileStore;
  readonly proposals: ProposalStore;
  readonly settings: UnderstandingSettings;
}

/** Keeps what people say of the ways in which things fail. */
export class FailureModeService {
  readonly #options: FailureModeServiceOptions;

  static create(options: FailureModeServiceOptions): FailureModeService {
    return new FailureModeService(options);
  }

  private constructor(options: FailureModeServiceOptions) {
    this.#options = options;
  }

  async list(
    query: z.output<typeof listFailureModesQuerySchema>,
    credentials: BackstageCredentials,
  ): Promise<FailureModePage> {
    const { access, modes } = this.#options;
    const filter = {
      entityRef: query.entity,
      targetRef: query.target,
      condition: query.condition,
      plane: query.plane,
    };
    const { entities, people } = await access.ofLists(credentials);
    const page = await paginate({
      visible: entities,
      limit: query.limit,
      after: readCursor(positionSchema, query.cursor),
      list: range => modes.list(filter, range),
      count: () => modes.count(filter),
      refOf: mode => hiddenRefOf(mode, entities) ?? mode.entityRef,
      positionOf: ({ createdAt, id }) => ({ createdAt, id }),
    });
    return {
      items: page.items.map(mode => withNames(mode, people)),
      totalItems: page.totalItems,
      nextCursor: page.next && writeCursor(page.next),
    };
  }

  /** @throws NotFoundError when it is not known, or the caller may not see it */
  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<FailureMode> {
    const { people, mode } = await this.#find(id, credentials);
    return withNames(mode, people);
  }

  async create(
    content: FailureModeContent,
    credentials: BackstageCredentials,
  ): Promise<FailureMode> {
    const { access, knex, modes } = this.#options;
    await access.require(credentials, understandingFailureModeCreatePermission);
    const { entities } = await access.ofLists(credentials);
    await this.#check(content, entities);
    const change = await this.#change(credentials);
    const id = await knex.transaction(async tx => {
      const created = await modes.insert(tx, content, change);
      await this.#mark(tx, [content.entityRef], change);
      return created;
    });
    return this.get(id, credentials);
  }

  /**
   * Makes a new version of the one that the caller has read.
   *
   * @throws ConflictError with both versions, when somebody else was faster
   */
  async update(
    id: string,
    version: number,
    content: FailureModeContent,
    credentials: BackstageCredentials,
  ): Promise<FailureMode> {
    const { access, knex, modes } = this.#options;
    await access.require(credentials, understandingFailureModeUpdatePermission);
    const { entities, mode } = await this.#find(id, credentials);
    if (content.entityRef !== mode.entityRef) {
      throw new InputError(
        `entityRef: must stay ${mode.entityRef}; describe another failure mode for ${content.entityRef}`,
      );
    }
    await this.#check(content, entities);
    const change = await this.#change(credentials);
    const updated = await knex.transaction(async tx => {
      const done = await modes.update(tx, id, version, content, change);
      await this.#mark(tx, [mode.entityRef], change);
      return done;
    });
    if (!updated) {
      throw conflictOf(
        'this failure mode',
        version,
        await this.get(id, credentials),
        content,
      );
    }
    return this.get(id, credentials);
  }

  /** As {@link update}; every version stays in the history. */
  async remove(
    id: string,
    version: number,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, knex, modes } = this.#options;
    await access.require(credentials, understandingFailureModeDeletePermission);
    const { mode } = await this.#find(id, credentials);
    await this.#refuseFile(mode.entityRef);
    const change = await this.#change(credentials);
    const removed = await knex.transaction(async tx => {
      const done = await modes.remove(tx, id, version, change);
      await this.#mark(tx, [mode.entityRef], change);
      return done;
    });
    if (!removed) {
      throw conflictOf(
        'this failure mode',
        version,
        await this.get(id, credentials),
      );
    }
  }

  /** Every version, also of one that was removed. */
  async history(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<FailureModeHistory> {
    const { modes } = this.#options;
    const mode = await modes.getEvenRemoved(id);
    const { people } = await this.#see(id, mode, credentials);
    const items = (await modes.history(id)).map(version => ({
      ...version,
      by: people ? version.by : undefined,
    }));
    return { items, totalItems: items.length };
  }

  /** What people said, also of one that was removed. */
  async comments(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<Comments> {
    const { modes } = this.#options;
    const mode = await modes.getEvenRemoved(id);
    const { people } = await this.#see(id, mode, credentials);
    const items = (await modes.listComments(id)).map(comment => ({
      ...comment,
      by: people ? comment.by : undefined,
    }));
    return { items, totalItems: items.length };
  }

  async comment(
    id: string,
    text: string,
    credentials: BackstageCredentials,
  ): Promise<Comment> {
    const { access, knex, modes } = this.#options;
    await access.require(credentials, understandingFailureModeUpdatePermission);
    await this.#find(id, credentials);
    const change = await this.#change(credentials);
    return knex.transaction(tx => modes.addComment(tx, id, text, change));
  }

  /** The file in which an entity keeps its failure modes, if it does. */
  async file(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<FailureModeFileResponse> {
    await seeEntity(this.#options, entityRef, credentials);
    const found = await this.#options.files.get(entityRef);
    if (!found) {
      return {};
    }
    const { taken: _, ...file } = found;
    return { file };
  }

  /** What counts of an entity's failure modes, as a file to be kept beside its code. */
  async export(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<string> {
    const entities = await seeEntity(this.#options, entityRef, credentials);
    const contents = await this.#options.files.contentsOf(entityRef);
    return writeFailureModeFile(
      contents.filter(({ content }) => !hiddenRefOf(content, entities)),
    );
  }

  async #find(id: string, credentials: BackstageCredentials) {
    return this.#see(id, await this.#options.modes.get(id), credentials);
  }

  async #see(
    id: string,
    mode: FailureMode | undefined,
    credentials: BackstageCredentials,
  ) {
    const visible = await this.#options.access.ofLists(credentials);
    if (!mode || hiddenRefOf(mode, visible.entities)) {
      throw new NotFoundError(
        `There is no failure mode ${id}: it was removed, or never there, or you may not see it.`,
      );
    }
    return { ...visible, mode };
  }

  async #check(
    content: FailureModeContent,
    visible: VisibleEntities,
  ): Promise<void> {
    const { clock, edges, entities, proposals, settings } = this.#options;
    const { edge, entityRef } = content;
    if (!isVisible(visible, entityRef) || !(await entities.get(entityRef))) {
      throw new InputError(
        `entityRef: ${entityRef} is not in the catalog, or you may not see it`,
      );
    }
    await this.#refuseFile(entityRef);
    if (edge) {
      const present = combineEdges(
        await edges.factsOf(entityRef),
        await clock(),
        settings.edges,
      ).filter(one => isVisible(visible, one.targetRef));
      // What an open change would add can be answered before it is merged.
      const proposed = (await proposals.proposedTo(entityRef)).filter(
        one =>
          one.targetRef === edge.targetRef && isVisible(visible, one.targetRef),
      );
      if (!findDependency(present, edge.targetRef) && proposed.length === 0) {
        throw new InputError(
          `edge.targetRef: ${entityRef} has no dependency on ${edge.targetRef} that you may see; declare it in the catalog first`,
        );
      }
    }
  }

  async #refuseFile(entityRef: string): Promise<void> {
    const file = await this.#options.files.get(entityRef);
    if (file?.taken) {
      throw new InputError(
        `${entityRef} keeps its failure modes in ${file.path} of ${file.repository}; change them there`,
      );
    }
  }

  async #change(credentials: BackstageCredentials): Promise<Change> {
    const { access, clock } = this.#options;
    return { by: access.callerOf(credentials), at: await clock() };
  }

  async #mark(
    tx: Knex,
    entityRefs: readonly string[],
    change: Change,
  ): Promise<void> {
    await this.#options.queue.mark(tx, 'entity', entityRefs, change.at);
  }
}

/** The entity that a caller may not see and that this is about, if there is one. */
export function hiddenRefOf(
  mode: Pick<FailureModeContent, 'entityRef' | 'edge'>,
  visible: VisibleEntities,
): string | undefined {
  return [mode.entityRef, ...(mode.edge ? [mode.edge.targetRef] : [])].find(
    ref => !isVisible(visible, ref),
  );
}

function withNames(mode: FailureMode, names: boolean): FailureMode {
  return names ? mode : { ...mode, updatedBy: undefined };
}
