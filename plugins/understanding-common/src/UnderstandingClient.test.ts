import { useAnsweringServer } from './client/__testUtils__/AnsweringServer';
import {
  delivery,
  ingestStatus,
  page,
  summary,
  understanding,
} from './client/__testUtils__/answers';
import { UnderstandingClient } from './UnderstandingClient';

describe('UnderstandingClient', () => {
  const server = useAnsweringServer();
  const { client } = server;

  it('says which version was read, and where nothing was there', async () => {
    server.answer({ asConsumer: [], asProvider: [], hidden: 0 });
    for (const version of [0, 3]) {
      await client.setPromise('component:default/ledger', version, {
        guarantees: [],
      });
    }
    expect(server.received).toMatchObject([
      { method: 'PUT', ifNoneMatch: '*', ifMatch: undefined },
      { method: 'PUT', ifNoneMatch: undefined, ifMatch: '"3"' },
    ]);
  });

  it('asks without parameters where none are given', async () => {
    server.answer(page);
    await client.listEntities({ q: '' });
    await client.listFlags({});
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/entities',
      '/api/understanding/flags',
    ]);
  });

  it('lists flags', async () => {
    server.answer(page);
    await expect(
      client.listFlags({ rule: 'no-owner', state: 'resolved' }),
    ).resolves.toEqual(page);
    expect(server.received[0].url).toBe(
      '/api/understanding/flags?rule=no-owner&state=resolved',
    );
  });

  it('asks who understands', async () => {
    const response = { query: 'src/a b.ts', answers: [], truncated: false };
    server.answer(response);
    await expect(client.whoUnderstands('src/a b.ts')).resolves.toEqual(
      response,
    );
    expect(server.received[0].url).toBe(
      '/api/understanding/who-understands?query=src%2Fa+b.ts',
    );
  });

  it('rejects with the error of the answer', async () => {
    server.answer(
      {
        error: { name: 'NotFoundError', message: 'Nothing is known of it.' },
        request: { method: 'GET', url: '/' },
        response: { statusCode: 404 },
      },
      404,
    );
    await expect(
      client.getEntity('component:default/gone'),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      message: 'Request failed with 404 Not Found',
      cause: { name: 'NotFoundError', message: 'Nothing is known of it.' },
    });
  });

  it('rejects with the status where the answer is no error of Backstage', async () => {
    server.answer('<html>Bad Gateway</html>', 502);
    await expect(client.getFacets()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 502,
    });
  });

  it('rejects answers of another form, with the place', async () => {
    server.answer({
      items: [{ ...summary, documentState: 'splendid' }],
      totalItems: 1,
    });
    await expect(client.listEntities({})).rejects.toThrow(
      /another version: .*at items\[0\]\.documentState$/s,
    );
    server.answer({ ...ingestStatus, moving: 'perhaps' });
    await expect(client.getIngestStatus()).rejects.toThrow('at moving');
    server.answer({ ...page, items: [{ ...delivery, state: 'lost' }] });
    await expect(client.listDeliveries({})).rejects.toThrow(
      'at items[0].state',
    );
    server.answer({ ...understanding, source: { type: 'read' } });
    await expect(client.getEntity('component:default/ledger')).rejects.toThrow(
      'another version',
    );
  });

  it('rejects where nobody answers', async () => {
    const alone = UnderstandingClient.create({
      discoveryApi: { getBaseUrl: async () => 'http://127.0.0.1:1' },
      fetchApi: { fetch },
    });
    await expect(alone.getFacets()).rejects.toThrow();
  });
});
