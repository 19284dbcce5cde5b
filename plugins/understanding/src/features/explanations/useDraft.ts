import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import {
  aiAssistanceSchema,
  entityRefSchema,
  planeSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { useEffect, useMemo, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { z } from 'zod';

const draftSchema = z.object({
  what: z.string(),
  howItFails: z.string(),
  why: z.string(),
  operate: z.string(),
  expected: z.string(),
  entityRefs: z.array(entityRefSchema),
  planes: z.array(planeSchema),
  aiAssistance: aiAssistanceSchema,
  url: z.string(),
  headSha: z.string(),
});

/** What stands in the fields. */
export type Draft = z.infer<typeof draftSchema>;

const PAUSE_MILLIS = 400;

/**
 * What stands in the fields, kept where Backstage keeps what users store, until it is
 * submitted or thrown away.
 *
 * @param key - of what is explained; each has a draft of its own
 * @param initial - what stands there where nothing is kept
 */
export function useDraft(key: string, initial: Draft) {
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
      const kept = draftSchema.safeParse(value);
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
  }, [bucket, key]);

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
    set: (part: Partial<Draft>) => {
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
