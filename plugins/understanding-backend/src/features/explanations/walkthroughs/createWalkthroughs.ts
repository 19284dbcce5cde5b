import { Knex } from 'knex';
import { UnderstandingSettings } from '@understanding-dev/backstage-plugin-understanding-common';
import { Clock } from '../../../database/instants';
import { Access } from '../../../permissions/Access';
import { EdgeService } from '../../entities/EdgeService';
import { AssumptionStore } from '../../failure-modes/AssumptionStore';
import { ExplanationList } from '../ExplanationList';
import { ExplanationStore } from '../ExplanationStore';
import { ReadingService } from './ReadingService';
import { ReadingStore } from './ReadingStore';
import { WalkthroughServices } from './routes';
import { WalkthroughQuestions } from './WalkthroughQuestions';
import { WalkthroughService } from './WalkthroughService';
import { WalkthroughStore } from './WalkthroughStore';

/** Puts together what shows and takes walkthroughs. */
export function createWalkthroughs(options: {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly settings: UnderstandingSettings;
  readonly edges: EdgeService;
  readonly assumptions: AssumptionStore;
}): WalkthroughServices {
  const { knex } = options;
  const readings = ReadingStore.create();
  const walkthroughs = WalkthroughService.create({
    ...options,
    readings,
    questions: WalkthroughQuestions.create(options),
    walkthroughs: WalkthroughStore.create(),
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
