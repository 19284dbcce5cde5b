import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  Condition,
  UnderstandingSettings,
  conditionSchema,
  defaultSettings,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { share, whole } from './values';

/** The numbers of the rules. */
export function readSettings(
  config: Config | undefined,
): UnderstandingSettings {
  const defaults = defaultSettings;
  const freshDays = whole(
    config,
    'evidence.freshDays',
    defaults.evidence.freshDays,
  );
  const fadingDays = whole(
    config,
    'evidence.fadingDays',
    defaults.evidence.fadingDays,
  );
  if (fadingDays < freshDays) {
    throw new InputError(
      `understanding.evidence.fadingDays (${fadingDays}) must not be below freshDays (${freshDays})`,
    );
  }
  return {
    evidence: { freshDays, fadingDays },
    understands: {
      minimumKinds: whole(
        config,
        'understands.minimumKinds',
        defaults.understands.minimumKinds,
      ),
      minimumPeople: whole(
        config,
        'understands.minimumPeople',
        defaults.understands.minimumPeople,
      ),
      collectedKinds: defaults.understands.collectedKinds,
    },
    documents: {
      changesSince: whole(
        config,
        'documents.changesSince',
        defaults.documents.changesSince,
      ),
      filesTouchedShare: share(
        config,
        'documents.filesTouchedShare',
        defaults.documents.filesTouchedShare,
      ),
      overdueDays: whole(
        config,
        'documents.overdueDays',
        defaults.documents.overdueDays,
      ),
    },
    edges: {
      observedDays: whole(
        config,
        'edges.observedDays',
        defaults.edges.observedDays,
      ),
      requiredConditions: conditions(
        config,
        'edges.requiredConditions',
        defaults.edges.requiredConditions,
      ),
    },
    assumptions: {
      warnDays: whole(
        config,
        'assumptions.warnDays',
        defaults.assumptions.warnDays,
      ),
    },
    failureTests: {
      validDays: whole(
        config,
        'failureTests.validDays',
        defaults.failureTests.validDays,
      ),
    },
    walkthroughs: {
      dueDays: whole(
        config,
        'walkthroughs.dueDays',
        defaults.walkthroughs.dueDays,
      ),
      dueChanges: whole(
        config,
        'walkthroughs.dueChanges',
        defaults.walkthroughs.dueChanges,
      ),
    },
  };
}

function conditions(
  config: Config | undefined,
  key: string,
  fallback: readonly Condition[],
): readonly Condition[] {
  const values = config?.getOptionalStringArray(key);
  const parsed = z.array(conditionSchema).safeParse(values ?? fallback);
  if (!parsed.success) {
    throw new InputError(
      `understanding.${key} is ${values?.join(
        ', ',
      )}, but may have only ${conditionSchema.options.join(', ')}`,
    );
  }
  return parsed.data;
}
