import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { entityRefSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { OnCallSettings } from '../features/ingest/on-call/ScheduleReader';

/** Who is on call, by schedules; each has one place and covers something. */
export function readSchedules(
  config: Config | undefined,
): OnCallSettings['schedules'] {
  const key = 'onCall.schedules';
  const all = config?.getOptionalConfig(key);
  return (all?.keys() ?? []).map(schedule => {
    const one = config?.getConfig(`${key}.${schedule}`);
    const url = one?.getOptionalString('url');
    const file = one?.getOptionalString('file');
    if ((url === undefined) === (file === undefined)) {
      throw new InputError(
        `understanding.${key}.${schedule} must have either url or file`,
      );
    }
    const covers = z
      .array(entityRefSchema)
      .min(1)
      .safeParse(one?.getOptionalStringArray('covers') ?? []);
    if (!covers.success) {
      throw new InputError(
        `understanding.${key}.${schedule}.covers must name entities, or teams for all that they own, such as component:default/ledger and group:default/payments`,
      );
    }
    return {
      schedule,
      url,
      file: file && resolve(file),
      covers: covers.data,
    };
  });
}
