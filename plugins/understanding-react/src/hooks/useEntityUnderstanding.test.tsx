import {
  UnderstandingClient,
  entityUnderstandingSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { act, renderHook, waitFor } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { SYSTEMS } from '../__testUtils__/systems';
import { understandingApiRef } from '../api';
import { useEntityUnderstanding } from './useEntityUnderstanding';

function understanding(name: string) {
  return entityUnderstandingSchema.parse({
    summary: {
      entityRef: `component:default/${name}`,
      kind: 'component',
      namespace: 'default',
      name,
      title: name,
      example: false,
      understoodByMinimum: 2,
      documentState: 'unknown',
      coverage: { required: 0, answered: 0, tested: 0 },
      unknownReason: 'It is not there.',
      flags: [],
      computedAt: '2026-03-01T12:00:00.000Z',
    },
    source: { type: 'unknown', reason: 'It is not there.' },
    edges: [],
    hiddenEdges: 0,
    understandingRule: {
      collectedKinds: ['authored'],
      kindsNeeded: 1,
      freshDays: 180,
    },
    documents: [],
    flags: [],
    failureModes: [],
  });
}

function json(status: number, body: unknown) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
}

describe.each(SYSTEMS)(
  'useEntityUnderstanding in the %s front-end system',
  (_, { ApiProvider }) => {
    const fetch = jest.fn<Promise<Response>, [string]>();

    beforeEach(() => {
      fetch.mockReset().mockImplementation(async url => {
        const name = url.split('/').pop() ?? '';
        return json(200, understanding(name));
      });
    });

    function renderWith(entityRef: string) {
      const client = UnderstandingClient.create({
        discoveryApi: { getBaseUrl: async () => 'http://localhost/api' },
        fetchApi: { fetch: input => fetch(String(input)) },
      });
      return renderHook(ref => useEntityUnderstanding(ref), {
        initialProps: entityRef,
        wrapper: ({ children }: PropsWithChildren<{}>) => (
          <ApiProvider apis={[[understandingApiRef, client]]}>
            {children}
          </ApiProvider>
        ),
      });
    }

    it('loads, and then has what is known', async () => {
      const { result } = renderWith('component:default/ledger');
      expect(result.current).toMatchObject({ loading: true });
      await waitFor(() => expect(result.current.loading).toBe(false));
      expect(result.current.value).toEqual(understanding('ledger'));
      expect(fetch.mock.calls).toEqual([
        ['http://localhost/api/entities/by-name/component/default/ledger'],
      ]);
    });

    it('asks anew for another entity', async () => {
      const { result, rerender } = renderWith('component:default/ledger');
      await waitFor(() => expect(result.current.value).toBeDefined());
      rerender('component:default/wallet');
      await waitFor(() =>
        expect(result.current.value?.summary.name).toBe('wallet'),
      );
      expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('has the error, and tries again when asked to', async () => {
      fetch.mockResolvedValueOnce(
        json(404, {
          error: { name: 'NotFoundError', message: 'Gone.' },
          response: { statusCode: 404 },
        }),
      );
      const { result } = renderWith('component:default/ledger');
      await waitFor(() => expect(result.current.error).toBeDefined());
      expect(result.current.error).toMatchObject({
        response: { status: 404 },
        cause: { message: 'Gone.' },
      });
      act(() => result.current.retry());
      await waitFor(() => expect(result.current.value).toBeDefined());
      expect(result.current.error).toBeUndefined();
    });

    it('asks nothing with a reference that is none', async () => {
      const { result } = renderWith('ledger');
      await waitFor(() => expect(result.current.error).toBeDefined());
      expect(result.current.error?.message).toMatch(
        /must be a full, lower-case entity reference/,
      );
      expect(fetch).not.toHaveBeenCalled();
    });
  },
);
