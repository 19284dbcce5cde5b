import { useAnsweringServer } from './__testUtils__/AnsweringServer';
import { delivery, ingestStatus } from './__testUtils__/answers';

describe('ingest of the client', () => {
  const server = useAnsweringServer();
  const { client } = server;

  it('gets how ingest is doing', async () => {
    server.answer(ingestStatus);
    await expect(client.getIngestStatus()).resolves.toEqual(ingestStatus);
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      url: '/api/understanding/admin/ingest',
    });
  });

  it('lists deliveries', async () => {
    server.answer({ items: [delivery], nextCursor: 'n', totalItems: 2 });
    await expect(client.listDeliveries({})).resolves.toEqual({
      items: [delivery],
      nextCursor: 'n',
      totalItems: 2,
    });
    await client.listDeliveries({ state: 'ignored', limit: 20, cursor: 'n=' });
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/admin/ingest/deliveries',
      '/api/understanding/admin/ingest/deliveries?state=ignored&limit=20&cursor=n%3D',
    ]);
  });

  it('replays a dead letter, whose id cannot lead elsewhere', async () => {
    server.answer('', 204);
    await expect(client.replayDelivery('d1')).resolves.toBeUndefined();
    await client.replayDelivery('../d/2?');
    expect(server.received.map(({ method, url }) => [method, url])).toEqual([
      ['POST', '/api/understanding/admin/ingest/deliveries/d1/replay'],
      [
        'POST',
        '/api/understanding/admin/ingest/deliveries/..%2Fd%2F2%3F/replay',
      ],
    ]);
  });

  it('rejects where there is nothing to replay', async () => {
    server.answer(
      {
        error: { name: 'NotFoundError', message: 'No dead letter d1.' },
        request: { method: 'POST', url: '/' },
        response: { statusCode: 404 },
      },
      404,
    );
    await expect(client.replayDelivery('d1')).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { name: 'NotFoundError', message: 'No dead letter d1.' },
    });
  });
});
