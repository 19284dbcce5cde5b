import { Knex } from 'knex';
import { Clock } from '../../../database/instants';
import { TicketQueue } from '../../../database/TicketQueue';
import { Access } from '../../../permissions/Access';
import { EdgeService } from '../../entities/EdgeService';
import { AssumptionStore } from '../../failure-modes/AssumptionStore';
import { ExplanationList } from '../ExplanationList';
import { ExplanationStore } from '../ExplanationStore';
import { ReadingService } from './ReadingService';
import { ReadingStore } from './ReadingStore';
import { WalkthroughServices } from './routes';
import { WalkthroughQuestions } from './WalkthroughQuestions';
import { WalkthroughReader } from './WalkthroughReader';
import { WalkthroughService } from './WalkthroughService';
import { WalkthroughStore } from './WalkthroughStore';

/** Puts together what shows and takes walkthroughs. */
export function createWalkthroughs(options: {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly queue: TicketQueue;
  readonly reader: WalkthroughReader;
  readonly store: WalkthroughStore;
  readonly edges: EdgeService;
  readonly assumptions: AssumptionStore;
}): WalkthroughServices {
  const { knex } = options;
  const readings = ReadingStore.create();
  const walkthroughs = WalkthroughService.create({
    ...options,
    readings,
    questions: WalkthroughQuestions.create(options),
    walkthroughs: options.store,
  });
  return {
    walkthroughs,
    readings: ReadingService.create({
      ...options,
      readings,
      walkthroughs,
      explanations: ExplanationStore.create(),
      list: ExplanationList.create({ knex }),
    }),
  };
}
