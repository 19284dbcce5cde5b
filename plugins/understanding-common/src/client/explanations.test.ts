import { useAnsweringServer } from './__testUtils__/AnsweringServer';
import { page } from './__testUtils__/answers';

describe('explanations of the client', () => {
  const server = useAnsweringServer();
  const { client } = server;

  it('lists, gets, writes and assesses explanations', async () => {
    server.answer(page);
    const changeUrl = 'https://code.acme.example/acme/shop/pull/7?a=b&c';
    await client.listExplanations({ state: 'submitted', changeUrl });
    const record = {
      id: 'a/b',
      state: 'accepted',
      entityRefs: ['component:default/ledger'],
      planes: [],
      aiAssistance: 'unknown',
      required: false,
      because: 'Nobody says that coding agents had a part in it.',
      createdAt: '2026-03-01T12:00:00.000Z',
      updatedAt: '2026-03-01T12:00:00.000Z',
      hadPart: false,
      prompts: [],
      questions: [],
      versions: [],
      assessments: [],
    };
    server.answer(record);
    await expect(client.getExplanation('a/b')).resolves.toEqual(record);
    server.answer({ sections: { what: 'Once.' } });
    await expect(client.getExplanationText('a/b', 'c/d')).resolves.toEqual({
      sections: { what: 'Once.' },
    });
    expect(server.received.at(-1)).toMatchObject({
      url: expect.stringMatching(/\/explanations\/a%2Fb\/texts\/c%2Fd$/),
    });
    server.answer(record);
    const assessment = {
      result: 'genuine' as const,
      rubric: {
        mechanism: true,
        conditionAndEffect: true,
        alternativeRejected: true,
        observableSign: true,
      },
    };
    await expect(client.assessExplanation('a/b', assessment)).resolves.toEqual(
      record,
    );
    const created = {
      id: 'a/b',
      state: 'submitted',
      prompts: [],
      questions: [],
    };
    server.answer(created);
    const explanation = {
      entityRefs: ['component:default/ledger'],
      what: 'Rounds once.',
      howItFails: 'With negative amounts.',
      why: 'The client cannot.',
    };
    await expect(client.createExplanation(explanation)).resolves.toEqual(
      created,
    );
    const [listed, ...others] = server.received;
    const { pathname, searchParams } = new URL(listed.url!, 'http://x');
    expect(pathname).toBe('/api/understanding/explanations');
    expect(Object.fromEntries(searchParams)).toEqual({
      state: 'submitted',
      changeUrl,
    });
    expect(others.map(one => [one.method, one.url, one.body])).toEqual([
      ['GET', '/api/understanding/explanations/a%2Fb', ''],
      ['GET', '/api/understanding/explanations/a%2Fb/texts/c%2Fd', ''],
      [
        'POST',
        '/api/understanding/explanations/a%2Fb/assessments',
        JSON.stringify(assessment),
      ],
      ['POST', '/api/understanding/explanations', JSON.stringify(explanation)],
    ]);
  });

  it('lists explanations that wait, and those that are owed', async () => {
    server.answer(page);
    await client.listMyExplanations({ as: 'reviewer' });
    await client.listExplanationDebts({ owner: 'group:default/shop' });
    const overview = { items: [{ open: 2, paid: 1 }], totalItems: 1 };
    server.answer(overview);
    await expect(
      client.getExplanationDebtOverview({ by: 'system' }),
    ).resolves.toEqual(overview);
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/explanations/mine?as=reviewer',
      '/api/understanding/explanations/debts?owner=group%3Adefault%2Fshop',
      '/api/understanding/explanations/debts/overview?by=system',
    ]);
  });

  it('asks when explanations are asked for', async () => {
    const policy = {
      policy: 'always',
      inWords: 'With every change.',
      headings: {
        what: 'What',
        howItFails: 'How',
        why: 'Why',
        operate: 'Operate',
        expected: 'Expect',
      },
    };
    server.answer(policy);
    await expect(
      client.getExplanationPolicy({ entity: 'component:default/cart' }),
    ).resolves.toEqual(policy);
    await client.getExplanationPolicy({});
    expect(server.received.map(one => one.url)).toEqual([
      '/api/understanding/explanations/policy?entity=component%3Adefault%2Fcart',
      '/api/understanding/explanations/policy',
    ]);
  });

  it('gives, writes and assesses walkthroughs, and says whether records helped', async () => {
    const cart = 'component:default/cart';
    const walkthrough = {
      entityRef: cart,
      state: 'missing',
      questions: [],
      due: [],
      significantChanges: 0,
      hadPart: false,
      readings: { helped: 0, notHelped: 0 },
      versions: [],
      assessments: [],
    };
    server.answer(walkthrough);
    await expect(client.getWalkthrough(cart)).resolves.toEqual(walkthrough);
    await client.writeWalkthrough(cart, { readVersion: 0, answers: [] });
    const found = {
      version: 1,
      result: 'genuine' as const,
      rubric: {
        mechanism: true,
        conditionAndEffect: true,
        alternativeRejected: true,
        observableSign: true,
      },
    };
    await client.assessWalkthrough(cart, found);
    await client.readWalkthrough(cart, false);
    server.answer({ walkthrough: { state: 'missing', due: [] }, groups: [] });
    await client.getReadingPath(cart);
    server.answer({ helped: 1, notHelped: 0, mine: true });
    await client.readExplanation('a b', true);
    await client.getReadings('a b');
    const base = '/api/understanding/entities/by-name/component/default/cart';
    expect(
      server.received.map(({ body, method, url }) => [method, url, body]),
    ).toEqual([
      ['GET', `${base}/walkthrough`, ''],
      [
        'POST',
        `${base}/walkthrough/versions`,
        JSON.stringify({ readVersion: 0, answers: [] }),
      ],
      ['POST', `${base}/walkthrough/assessments`, JSON.stringify(found)],
      ['PUT', `${base}/walkthrough/reading`, '{"helped":false}'],
      ['GET', `${base}/reading-path`, ''],
      [
        'PUT',
        '/api/understanding/explanations/a%20b/reading',
        '{"helped":true}',
      ],
      ['GET', '/api/understanding/explanations/a%20b/reading', ''],
    ]);
  });

  it('lists, gives and ends exemptions', async () => {
    server.answer({ items: [], totalItems: 0 });
    await client.listExemptions('component:default/cart');
    const exemption = {
      id: 'x/y',
      entityRef: 'component:default/cart',
      reason: 'It is generated.',
      createdAt: '2026-03-01T12:00:00.000Z',
      until: '2026-04-01T12:00:00.000Z',
      holds: true,
    };
    server.answer(exemption);
    const { entityRef, reason, until } = exemption;
    const request = { entityRef, reason, until };
    await expect(client.createExemption(request)).resolves.toEqual(exemption);
    await client.endExemption('x/y');
    expect(server.received.map(one => [one.method, one.url])).toEqual([
      [
        'GET',
        '/api/understanding/explanations/exemptions?entity=component%3Adefault%2Fcart',
      ],
      ['POST', '/api/understanding/explanations/exemptions'],
      ['DELETE', '/api/understanding/explanations/exemptions/x%2Fy'],
    ]);
  });

  it('reads, keeps and removes drafts', async () => {
    const draft = {
      key: 'entities api:default/a',
      savedAt: '2026-03-01T12:00:00.000Z',
      content: { what: 'Half', planes: ['data'] },
    };
    server.answer({ draft });
    await expect(client.getDraft(draft.key)).resolves.toEqual({ draft });
    const { key, content } = draft;
    await client.keepDraft({ key, content });
    await client.removeDraft(key);
    const path = '/api/understanding/explanations/drafts';
    const query = '?key=entities+api%3Adefault%2Fa';
    expect(server.received.map(one => [one.method, one.url, one.body])).toEqual(
      [
        ['GET', `${path}${query}`, ''],
        ['PUT', path, JSON.stringify({ key, content })],
        ['DELETE', `${path}${query}`, ''],
      ],
    );
  });
});
