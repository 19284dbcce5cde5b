import { useAnsweringServer } from './__testUtils__/AnsweringServer';
import { summary, understanding } from './__testUtils__/answers';

describe('entities of the client', () => {
  const server = useAnsweringServer();
  const { client } = server;

  it('lists entities, and encodes what it asks', async () => {
    server.answer({ items: [summary], nextCursor: 'n+1/=', totalItems: 3 });
    await expect(
      client.listEntities({
        q: 'a & b=c+d#é',
        owner: 'group:default/team a',
        limit: 10,
        cursor: 'n+1/=',
        system: undefined,
      }),
    ).resolves.toEqual({
      items: [summary],
      nextCursor: 'n+1/=',
      totalItems: 3,
    });
    const { pathname, searchParams } = new URL(
      server.received[0].url!,
      'http://x',
    );
    expect(server.received[0].method).toBe('GET');
    expect(pathname).toBe('/api/understanding/entities');
    expect(Object.fromEntries(searchParams)).toEqual({
      q: 'a & b=c+d#é',
      owner: 'group:default/team a',
      limit: '10',
      cursor: 'n+1/=',
    });
  });

  it('gets the values of the filters', async () => {
    const facets = {
      owners: [{ ref: 'group:default/team a', title: 'Team A' }],
      systems: [],
    };
    server.answer(facets);
    await expect(client.getFacets()).resolves.toEqual(facets);
    expect(server.received[0].url).toBe('/api/understanding/entities/facets');
  });

  it('gets entities in bulk, in order, null where unknown', async () => {
    server.answer({ items: [null, summary] });
    const request = {
      entityRefs: ['component:default/gone', 'component:default/ledger'],
    };
    await expect(client.getEntitiesByRefs(request)).resolves.toEqual({
      items: [null, summary],
    });
    expect(server.received).toEqual([
      {
        method: 'POST',
        url: '/api/understanding/entities/by-refs',
        contentType: 'application/json',
        body: JSON.stringify(request),
      },
    ]);
  });

  it('gets one entity', async () => {
    server.answer(understanding);
    await expect(client.getEntity('component:default/ledger')).resolves.toEqual(
      understanding,
    );
    await client.getEntity('group:ä/...');
    await client.getEntity('component:default/a?b#c/d%2f');
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/entities/by-name/component/default/ledger',
      '/api/understanding/entities/by-name/group/%C3%A4/...',
      '/api/understanding/entities/by-name/component/default/a%3Fb%23c%2Fd%252f',
    ]);
  });

  it.each([
    'ledger',
    'component:ledger',
    '',
    'Component:default/Ledger',
    'a:../..',
  ])('rejects the reference %p in words, without asking', async entityRef => {
    await expect(client.getEntity(entityRef)).rejects.toThrow(
      /must be a full, lower-case entity reference/,
    );
    expect(server.received).toEqual([]);
  });
});
