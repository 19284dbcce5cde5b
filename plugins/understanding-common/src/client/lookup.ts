import {
  suggestionsResponseSchema,
  whoUnderstandsResponseSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search } from './requests';
import { Transport } from './Transport';

/** Asks who understands what. */
export function lookupOf(transport: Transport) {
  return {
    whoUnderstands: query =>
      transport.request(
        whoUnderstandsResponseSchema,
        `/who-understands${search({ query })}`,
      ),
    suggestQuestions: query =>
      transport.request(
        suggestionsResponseSchema,
        `/who-understands/suggestions${search({ query })}`,
      ),
  } satisfies Partial<UnderstandingApi>;
}
