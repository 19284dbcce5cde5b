import {
  Difference,
  InWords,
  differencesBetween,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { useState } from 'react';
import { useSaving } from './useSaving';

/** The state of a form: how saving goes, and who was faster. */
export interface Editing {
  readonly submit: () => Promise<void>;
  readonly isSaving: boolean;
  /** Why it could not be saved, where nobody else was faster. */
  readonly error?: Error;
  /** What somebody else saved meanwhile; saving waits for a choice between the two. */
  readonly conflict?: {
    readonly version: number;
    readonly differences: readonly Difference[];
    readonly keepMine: () => Promise<void>;
    readonly takeTheirs: () => void;
  };
}

type Versioned = { readonly version: number };

/**
 * Saves what stands in a form as the next version of what was read. Where somebody
 * else was faster, both versions are there, and nothing is sent before one is chosen.
 *
 * @param options.version - the one that was read; 0 where nothing was there
 * @param options.schema - of the version that an answer to a conflict has
 * @param options.inWords - says what theirs, and what mine, has in each field
 * @param options.take - puts theirs into the fields
 */
export function useEditing<Current extends Versioned>(options: {
  version: number;
  schema: { safeParse(value: unknown): { data?: Current } };
  mine: InWords;
  inWords: (current: Current) => InWords;
  take: (current: Current) => void;
  save: (version: number) => Promise<void>;
}): Editing {
  const { inWords, mine, schema, take } = options;
  const [version, setVersion] = useState(options.version);
  const [settled, setSettled] = useState<Error>();
  const saving = useSaving();
  const error = saving.error === settled ? undefined : saving.error;
  const current = currentOf(schema, error);
  const saveAs = (read: number) => saving.save(() => options.save(read));
  return {
    submit: () => saveAs(version),
    isSaving: saving.isSaving,
    error: current ? undefined : error,
    conflict: current && {
      version: current.version,
      differences: differencesBetween(inWords(current), mine),
      keepMine: () => {
        setVersion(current.version);
        return saveAs(current.version);
      },
      takeTheirs: () => {
        take(current);
        setVersion(current.version);
        setSettled(error);
      },
    },
  };
}

function currentOf<Current extends Versioned>(
  schema: { safeParse(value: unknown): { data?: Current } },
  error: Error | undefined,
): Current | undefined {
  const { body } = (error ?? {}) as {
    body?: { error?: { current?: unknown } };
  };
  return schema.safeParse(body?.error?.current).data;
}
