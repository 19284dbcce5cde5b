import { AuditorService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { UnderstandingConfig } from '../../config';
import { Clock } from '../../database/instants';
import { Access } from '../../permissions/Access';
import type { EntityStore } from '../entities/EntityStore';
import type { ReadingStore } from '../entities/ReadingStore';
import type { SummaryStore } from '../entities/SummaryStore';
import type { PeopleStore } from '../people/PeopleStore';
import type { ReachStore } from '../people/ReachStore';
import { EntityFinder } from './EntityFinder';
import { LookupService } from './LookupService';
import { LookupStore } from './LookupStore';
import type { OnCallService } from './OnCallService';
import type { PathStore } from './PathStore';
import { SlackService } from './slack/SlackService';
import { SuggestionService } from './SuggestionService';

/** Look-ups: answers, what is suggested on the way to them, and answers in Slack. */
export interface Lookups {
  readonly lookup: LookupService;
  readonly suggestions: SuggestionService;
  readonly slack: SlackService;
}

/** Puts look-ups together. */
export function createLookups(options: {
  knex: Knex;
  clock: Clock;
  config: UnderstandingConfig;
  auditor: AuditorService;
  access: Access;
  entities: EntityStore;
  reading: ReadingStore;
  summaries: SummaryStore;
  paths: PathStore;
  reach: ReachStore;
  people: PeopleStore;
  onCall: OnCallService;
}): Lookups {
  const lookups = LookupStore.create(options);
  const finder = EntityFinder.create({ ...options, lookups });
  const lookup = LookupService.create({ ...options, finder });
  return {
    lookup,
    suggestions: SuggestionService.create({ ...options, finder }),
    slack: SlackService.create({
      ...options,
      ...options.config,
      lookup,
    }),
  };
}
