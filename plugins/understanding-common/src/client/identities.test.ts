import { useAnsweringServer } from './__testUtils__/AnsweringServer';

const BASE = '/api/understanding/identities';
const ADDRESS = { type: 'email', value: 'ada+git@home.example' } as const;
const ADA = { personRef: 'user:default/ada', displayName: 'Ada Okafor' };
const CANDIDATE = {
  identifier: ADDRESS,
  name: 'Ada',
  ...ADA,
  reason: 'same-name',
};
const LINK = {
  identifier: ADDRESS,
  ...ADA,
  state: 'confirmed',
  decidedBy: 'user:default/guest',
  decidedAt: '2026-03-01T12:00:00.000Z',
  fromMailmap: false,
};

describe('identities of the client', () => {
  const server = useAnsweringServer();

  it.each([
    ['listIdentityCandidates', 'candidates', CANDIDATE],
    ['listIdentityLinks', 'links', LINK],
    [
      'listContradictions',
      'contradictions',
      { identifier: ADDRESS, type: 'shared', personRefs: [ADA.personRef] },
    ],
    ['listLeavers', 'leavers', { ...ADA, reason: 'no-group' }],
    ['listBots', 'bots', { address: '', name: 'GitHub', reason: 'host' }],
  ] as const)('%s asks a page at a time', async (method, path, item) => {
    const page = { items: [item], nextCursor: 'n+1/=', totalItems: 2 };
    server.answer(page);
    await expect(
      server.client[method]({ limit: 1, cursor: 'a&b' }),
    ).resolves.toEqual(page);
    expect(server.received).toMatchObject([
      { method: 'GET', url: `${BASE}/${path}?limit=1&cursor=a%26b` },
    ]);
    server.answer({ items: [{}], totalItems: 1 });
    await expect(server.client[method]({})).rejects.toThrow('items');
  });

  it('gets what concerns the caller alone', async () => {
    const mine = { candidates: [CANDIDATE], links: [LINK] };
    server.answer(mine);
    await expect(server.client.getMyIdentities()).resolves.toEqual(mine);
    expect(server.received).toMatchObject([
      { method: 'GET', url: `${BASE}/mine` },
    ]);
  });

  it('reads a mailmap, decides, and takes that back', async () => {
    const reading = {
      items: [CANDIDATE],
      left: 0,
      unknown: 1,
      shared: 0,
      unusableLines: [3],
    };
    const decision = {
      identifier: ADDRESS,
      personRef: ADA.personRef,
      state: 'confirmed',
      fromMailmap: true,
    } as const;
    server.answer(reading);
    await expect(
      server.client.readMailmap({ text: 'Ada <a@acme> <ada@home>' }),
    ).resolves.toEqual(reading);
    server.answer('', 204);
    await server.client.decideIdentities({ decisions: [decision] });
    await server.client.undoIdentity({ ...ADDRESS, personRef: ADA.personRef });
    expect(
      server.received.map(({ method, url, body }) => [method, url, body]),
    ).toEqual([
      ['POST', `${BASE}/mailmap`, '{"text":"Ada <a@acme> <ada@home>"}'],
      ['POST', `${BASE}/links`, JSON.stringify({ decisions: [decision] })],
      [
        'DELETE',
        `${BASE}/links?type=email&value=ada%2Bgit%40home.example&personRef=user%3Adefault%2Fada`,
        '',
      ],
    ]);
  });
});
