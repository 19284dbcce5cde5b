import { useApi } from '@backstage/core-plugin-api';
import { KeepDraftRequest } from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useRef, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import useDebounce from 'react-use/esm/useDebounce';
import { z } from 'zod';

const PAUSE_MILLIS = 400;

/** A draft, and whether it is kept. */
export interface Drafting<T> {
  readonly draft: T;
  /** Whether what was kept before stands there, so that nothing is written over it. */
  readonly isReady: boolean;
  /** Why it could not be read. */
  readonly unread?: Error;
  readonly readAgain: () => void;
  /** Whether what stands there is kept for later. */
  readonly isKept: boolean;
  /** Why it could not be kept, or removed. */
  readonly problem?: Error;
  readonly set: (part: Partial<T>) => void;
  readonly throwAway: () => Promise<void>;
}

/**
 * What stands in the fields of a form, kept for its author until it is submitted or
 * thrown away.
 *
 * @param schema - what was kept by an older version and is otherwise, is forgotten
 * @param key - of what is explained; each has a draft of its own
 * @param initial - what stands there where nothing is kept
 */
export function useDraft<T extends KeepDraftRequest['content']>(
  schema: z.ZodType<T>,
  key: string,
  initial: T,
): Drafting<T> {
  const api = useApi(understandingApiRef);
  const [draft, setDraft] = useState(initial);
  const [changes, setChanges] = useState(0);
  const [isKept, setKept] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const last = useRef<Promise<void>>(Promise.resolve());

  const { error, retry, value } = useAsyncRetry(async () => {
    const kept = schema.safeParse((await api.getDraft(key)).draft?.content);
    if (kept.success) {
      setDraft(kept.data);
      setKept(true);
    }
    return true;
  }, [api, key, schema]);

  // One after the other, so that what was thrown away does not come back.
  const inOrder = (run: () => Promise<boolean>) => {
    last.current = last.current.then(async () => {
      try {
        setKept(await run());
        setProblem(undefined);
      } catch (failure) {
        setProblem(failure as Error);
      }
    });
    return last.current;
  };

  useDebounce(
    () => {
      if (changes > 0) {
        inOrder(async () => {
          await api.keepDraft({ key, content: draft });
          return true;
        });
      }
    },
    PAUSE_MILLIS,
    [changes],
  );

  return {
    draft,
    isReady: value === true,
    unread: error,
    readAgain: retry,
    isKept: isKept && !problem,
    problem,
    set: part => {
      setDraft(before => ({ ...before, ...part }));
      setChanges(count => count + 1);
    },
    throwAway: () => {
      setChanges(0);
      setDraft(initial);
      return inOrder(async () => {
        await api.removeDraft(key);
        return false;
      });
    },
  };
}
