import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { JsonObject } from '@backstage/types';
import { useEffect, useMemo, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { z } from 'zod';

const PAUSE_MILLIS = 400;

/**
 * What stands in the fields of a form, kept where Backstage keeps what users store, until it is
 * submitted or thrown away.
 *
 * @param schema - what was kept by an older version and is otherwise, is forgotten
 * @param key - of what is explained; each has a draft of its own
 * @param initial - what stands there where nothing is kept
 */
export function useDraft<T extends JsonObject>(
  schema: z.ZodType<T>,
  key: string,
  initial: T,
) {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(
    () => storage.forBucket('understanding.explanation-drafts'),
    [storage],
  );
  const [isReady, setReady] = useState(false);
  const [isKept, setKept] = useState(false);
  const [draft, setDraft] = useState(initial);
  const [changes, setChanges] = useState(0);

  useEffect(() => {
    const take = (value: unknown) => {
      const kept = schema.safeParse(value);
      if (kept.success) {
        setDraft(kept.data);
        setKept(true);
      }
      setReady(true);
    };
    const now = bucket.snapshot(key);
    if (now.presence !== 'unknown') {
      take(now.value);
      return undefined;
    }
    // A server has it, and answers once.
    const subscription = bucket
      .observe$(key)
      .subscribe(({ presence, value }) => {
        if (presence !== 'unknown') {
          subscription.unsubscribe();
          take(value);
        }
      });
    return () => subscription.unsubscribe();
  }, [bucket, key, schema]);

  useDebounce(
    () => {
      if (changes > 0) {
        bucket.set(key, draft);
        setKept(true);
      }
    },
    PAUSE_MILLIS,
    [changes],
  );

  return {
    draft,
    isReady,
    /** Whether what stands there is kept for later. */
    isKept,
    set: (part: Partial<T>) => {
      setDraft(before => ({ ...before, ...part }));
      setChanges(count => count + 1);
    },
    throwAway: () => {
      setChanges(0);
      setKept(false);
      setDraft(initial);
      return bucket.remove(key);
    },
  };
}
