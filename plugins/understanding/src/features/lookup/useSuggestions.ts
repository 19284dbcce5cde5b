import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';
import { understandingTranslationRef } from '../../translation';
import { SHORTEST_QUESTION } from './useWhoUnderstands';

/** Nobody reads a list that changes with every letter. */
const PAUSE_MILLIS = 200;

/** An entry of the list below the question; without a query it only says something. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly query?: string;
}

/**
 * What may be meant by a question that is being typed, asked after a short pause;
 * nothing for what was asked already, so that no list hides its answer.
 */
export function useSuggestions(
  question: string,
  asked: string,
): {
  entries: Entry[];
  loading: boolean;
} {
  const api = useApi(understandingApiRef);
  const { t } = useTranslationRef(understandingTranslationRef);
  const typed = question.trim();
  const [paused, setPaused] = useState('');
  useDebounce(() => setPaused(typed), PAUSE_MILLIS, [typed]);
  const { value, error, loading } = useAsync(
    async () =>
      paused.length < SHORTEST_QUESTION
        ? undefined
        : { paused, ...(await api.suggestQuestions(paused)) },
    [api, paused],
  );
  if (typed !== '' && typed === asked) {
    return { entries: [], loading: false };
  }
  if (typed.length < SHORTEST_QUESTION) {
    return { entries: [says(t('question.tooShort'))], loading: false };
  }
  if (typed !== paused || loading) {
    return { entries: [], loading: true };
  }
  if (error) {
    return {
      entries: [says(t('question.trouble'), t('question.allTheSame'))],
      loading: false,
    };
  }
  const items = value?.items ?? [];
  return {
    entries:
      items.length > 0
        ? items.map(item => ({ ...item, id: `${item.type} ${item.query}` }))
        : [says(t('question.nothing'), t('question.allTheSame'))],
    loading: false,
  };
}

function says(title: string, description?: string): Entry {
  return { id: title, title, description };
}
