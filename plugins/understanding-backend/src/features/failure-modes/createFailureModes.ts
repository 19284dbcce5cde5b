import type { Stores } from '../../createStores';
import { UnderstandingConfig } from '../../config';
import { Access } from '../../permissions/Access';
import { EdgeService } from '../entities/EdgeService';
import { AnswerService } from './AnswerService';
import { AssumptionService } from './AssumptionService';
import { FailureModeService } from './FailureModeService';
import { SidesService } from './SidesService';

/** How things fail, what was tried or accepted, and what is assumed. */
export interface FailureModeServices {
  readonly failureModes: FailureModeService;
  readonly answers: AnswerService;
  readonly assumptions: AssumptionService;
  readonly sides: SidesService;
}

/** Puts together what is about failure modes. */
export function createFailureModes(
  options: Stores & {
    access: Access;
    config: UnderstandingConfig;
    edgeService: EdgeService;
  },
): FailureModeServices {
  const { appBaseUrl, settings } = options.config;
  const reading = { ...options, settings };
  const failureModes = FailureModeService.create(reading);
  return {
    failureModes,
    answers: AnswerService.create({ ...reading, appBaseUrl, failureModes }),
    assumptions: AssumptionService.create(reading),
    sides: SidesService.create(reading),
  };
}
