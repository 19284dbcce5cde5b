import { useApi } from '@backstage/core-plugin-api';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** Shorter questions are not asked; the backend refuses them too. */
export const SHORTEST_QUESTION = 2;

/** The question, kept in the address of the page, and its answer. */
export function useWhoUnderstands() {
  const api = useApi(understandingApiRef);
  const [params, setParams] = useSearchParams();
  const asked = params.get('ask') ?? '';
  const [question, setQuestion] = useState(asked);

  const lastAsked = useRef(asked);
  const ask = (text: string) => {
    lastAsked.current = text;
    setParams(
      current => {
        const next = new URLSearchParams(current);
        if (text) {
          next.set('ask', text);
        } else {
          next.delete('ask');
        }
        return next;
      },
      { replace: true },
    );
  };
  // Asked by a link, and not here.
  useEffect(() => {
    if (asked !== lastAsked.current) {
      lastAsked.current = asked;
      setQuestion(asked);
    }
  }, [asked]);
  const answer = useAsyncRetry(
    async () =>
      asked.length < SHORTEST_QUESTION ? undefined : api.whoUnderstands(asked),
    [api, asked],
  );
  return {
    question,
    /** Without a question there is nothing to answer. */
    type: (text: string) => {
      setQuestion(text);
      if (text.trim() === '' && asked) {
        ask('');
      }
    },
    asked,
    ask: (text: string) => {
      // Without its spaces it would be another text, as if more were typed.
      setQuestion(text);
      ask(text.trim());
    },
    answer,
  };
}
