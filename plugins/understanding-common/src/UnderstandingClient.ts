import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { assumptionsOf } from './client/assumptions';
import { draftsOf } from './client/drafts';
import { edgesOf } from './client/edges';
import { entitiesOf } from './client/entities';
import { exemptionsOf } from './client/exemptions';
import { explanationDebtsOf } from './client/explanationDebts';
import { explanationsOf } from './client/explanations';
import { failureModesOf } from './client/failureModes';
import { failureTestsOf } from './client/failureTests';
import { flagsOf } from './client/flags';
import { identitiesOf } from './client/identities';
import { ingestOf } from './client/ingest';
import { lookupOf } from './client/lookup';
import { peopleOf } from './client/people';
import { sidesOf } from './client/sides';
import { simulationOf } from './client/simulation';
import { teamsOf } from './client/teams';
import { walkthroughsOf } from './client/walkthroughs';
import { Transport } from './client/Transport';
import { UnderstandingApi } from './UnderstandingApi';

/**
 * What a client is made of.
 * @public
 */
export interface UnderstandingClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/**
 * Talks to the understanding backend over HTTP. Every answer is parsed with the
 * schemas of this package, so a backend of another version fails here, in words.
 * @public
 */
// Its methods are in `client`, a file for each capability.
export interface UnderstandingClient extends UnderstandingApi {}

/** @public */
export class UnderstandingClient {
  static create(options: UnderstandingClientOptions): UnderstandingClient {
    const transport = transportOf(options);
    const methods: UnderstandingApi = {
      ...entitiesOf(transport),
      ...edgesOf(transport),
      ...flagsOf(transport),
      ...lookupOf(transport),
      ...ingestOf(transport),
      ...failureModesOf(transport),
      ...failureTestsOf(transport),
      ...assumptionsOf(transport),
      ...sidesOf(transport),
      ...simulationOf(transport),
      ...peopleOf(transport),
      ...teamsOf(transport),
      ...identitiesOf(transport),
      ...explanationsOf(transport),
      ...draftsOf(transport),
      ...explanationDebtsOf(transport),
      ...exemptionsOf(transport),
      ...walkthroughsOf(transport),
    };
    return Object.assign(new UnderstandingClient(), methods);
  }

  private constructor() {}
}

function transportOf(options: UnderstandingClientOptions): Transport {
  const { discoveryApi, fetchApi } = options;
  const take: Transport['fetch'] = async (path, init) => {
    const baseUrl = await discoveryApi.getBaseUrl('understanding');
    const response = await fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  };
  return {
    fetch: take,
    request: async (schema, path, init) => {
      const answer = await (await take(path, init)).json();
      const { data, error } = schema.safeParse(answer);
      if (error) {
        throw new Error(
          `The back end answers in another form than expected; it may be of another version: ${z.prettifyError(
            error,
          )}`,
          { cause: error },
        );
      }
      return data;
    },
  };
}
