import { AuditorService } from '@backstage/backend-plugin-api';
import {
  slackAnswer,
  slackLink,
  whoUnderstandsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import type { Clock } from '../../../database/instants';
import { withAudit } from '../../../http/audit';
import type { Access } from '../../../permissions/Access';
import { openToTeams } from '../../../permissions/openToTeams';
import type { EntityStore } from '../../entities/EntityStore';
import type { ReachStore } from '../../people/ReachStore';
import type { LookupService } from '../LookupService';

export interface SlackServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly auditor: AuditorService;
  readonly entities: EntityStore;
  readonly reach: ReachStore;
  readonly lookup: LookupService;
  readonly hasPermissions: boolean;
  readonly appBaseUrl: string;
}

/**
 * Answers members of Slack. No credentials of theirs can be had here, and those of the
 * plugin itself would show everything. So whoever asks has to be a person of the
 * catalog, and is told what everybody in their teams may see; where permissions are in
 * force, that names nobody. For the rest there is a link to the page.
 */
export class SlackService {
  readonly #options: SlackServiceOptions;

  static create(options: SlackServiceOptions): SlackService {
    return new SlackService(options);
  }

  private constructor(options: SlackServiceOptions) {
    this.#options = options;
  }

  /** @param userId - a member of Slack, such as `U012AB3CD` */
  async answer(userId: string, text: string): Promise<string> {
    const { access, appBaseUrl, auditor, clock, hasPermissions } =
      this.#options;
    const parsed = whoUnderstandsQuerySchema.safeParse({ query: text });
    if (!parsed.success) {
      return `${parsed.error.issues[0].message.replace(/^./, first =>
        first.toUpperCase(),
      )}: the name of a service, a path of its repository, a link to a file, or words.`;
    }
    const { query } = parsed.data;
    const page = this.pageOf(query);
    const person = await this.#options.reach.findByChat(userId);
    if (!person) {
      return `Backstage does not know who you are: your User in the catalog has to name your member ID ${userId} for chats. ${slackLink(
        page,
        'The page',
      )} answers you when you are signed in.`;
    }
    const entities = await openToTeams(this.#options, person.teamRefs);
    const response = await withAudit(
      {
        auditor,
        eventId: 'who-understands',
        meta: { query, by: person.personRef, over: 'slack' },
      },
      () =>
        this.#options.lookup.answer(query, {
          entities,
          people: access.namesShown && !hasPermissions,
        }),
    );
    return slackAnswer(response, {
      appBaseUrl,
      page,
      now: await clock(),
      part: hasPermissions,
    });
  }

  /** The page that asks the same. */
  pageOf(query: string): string {
    const { appBaseUrl } = this.#options;
    return `${appBaseUrl}/understanding?${new URLSearchParams({ ask: query })}`;
  }
}
