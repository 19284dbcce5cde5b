import {
  entitiesByRefsRequestSchema,
  entityOrderFieldSchema,
  entitySummarySchema,
  listEntitiesQuerySchema,
  sourceStateSchema,
} from './entities';

describe('listEntitiesQuerySchema', () => {
  it('has defaults', () => {
    expect(listEntitiesQuerySchema.parse({})).toEqual({
      limit: 50,
      orderBy: 'title:asc',
    });
  });

  it('takes every filter', () => {
    const query = {
      flag: 'stale-docs',
      owner: 'group:default/payments',
      kind: 'api',
      system: 'system:default/money',
      plane: 'data',
      q: 'ledger',
      orderBy: 'flags:desc',
      limit: 10,
      cursor: 'abc',
    } as const;
    expect(listEntitiesQuerySchema.parse(query)).toEqual(query);
    expect(listEntitiesQuerySchema.parse({ q: '  ledger ' }).q).toBe('ledger');
  });

  it('refuses what it does not know, with its name', () => {
    const { error } = listEntitiesQuerySchema.safeParse({
      owner: 'group:default/payments',
      onwer: 'x',
      page: '2',
    });
    expect(error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['onwer', 'page'] },
    ]);
    expect(error?.issues[0].message).toMatch(/"onwer", "page"/);
  });

  it.each([
    ['flag', 'bad-mood'],
    ['owner', 'payments'],
    ['owner', ''],
    ['kind', 'user'],
    ['system', 'System:default/Money'],
    ['plane', 'astral'],
    ['q', 'x'.repeat(201)],
    // Express makes lists of parameters that are given twice.
    ['q', ['a', 'b']],
    ['orderBy', 'people'],
    ['orderBy', 'title:up'],
    ['orderBy', 'title:asc,flags'],
    ['orderBy', 'title; drop table summaries'],
  ])('refuses %s=%p', (name, value) => {
    const { error } = listEntitiesQuerySchema.safeParse({ [name]: value });
    expect(error?.issues.map(issue => issue.path)).toEqual([[name]]);
  });

  it('orders by every field, both ways, and says so', () => {
    for (const field of entityOrderFieldSchema.options) {
      for (const suffix of ['', ':asc', ':desc']) {
        const orderBy = `${field}${suffix}`;
        expect(listEntitiesQuerySchema.parse({ orderBy })).toMatchObject({
          orderBy,
        });
      }
    }
    const { error } = listEntitiesQuerySchema.safeParse({ orderBy: 'age' });
    expect(error?.issues[0].message).toContain(
      entityOrderFieldSchema.options.join(', '),
    );
  });
});

describe('entitiesByRefsRequestSchema', () => {
  const refs = (count: number) => ({
    entityRefs: Array.from(
      { length: count },
      (_, i) => `component:default/${i}`,
    ),
  });

  it('takes 1 to 200 references', () => {
    expect(entitiesByRefsRequestSchema.safeParse(refs(0)).success).toBe(false);
    expect(entitiesByRefsRequestSchema.parse(refs(1))).toEqual(refs(1));
    expect(entitiesByRefsRequestSchema.parse(refs(200))).toEqual(refs(200));
    expect(entitiesByRefsRequestSchema.safeParse(refs(201)).success).toBe(
      false,
    );
  });

  it('names the reference that it refuses, and fields that it does not know', () => {
    const wrong = { entityRefs: ['component:default/a', 'b'] };
    expect(
      entitiesByRefsRequestSchema.safeParse(wrong).error?.issues[0].path,
    ).toEqual(['entityRefs', 1]);
    expect(
      entitiesByRefsRequestSchema.safeParse({ ...refs(1), fields: [] }).error
        ?.issues[0],
    ).toMatchObject({ keys: ['fields'] });
  });
});

describe('sourceStateSchema', () => {
  it('is read, or unknown with a reason', () => {
    const unknown = { type: 'unknown', reason: 'It is not there.' };
    expect(sourceStateSchema.parse(unknown)).toEqual(unknown);
    expect(sourceStateSchema.safeParse({ type: 'unknown' }).success).toBe(
      false,
    );
    expect(
      sourceStateSchema.safeParse({ type: 'read', reason: 'x' }).success,
    ).toBe(false);
    expect(sourceStateSchema.safeParse({ type: 'other' }).success).toBe(false);
  });
});

describe('entitySummarySchema', () => {
  const summary = {
    entityRef: 'component:default/ledger',
    kind: 'component',
    namespace: 'default',
    name: 'ledger',
    title: 'Ledger',
    example: false,
    understoodByMinimum: 2,
    documentState: 'unknown',
    coverage: { required: 0, answered: 0, tested: 0 },
    flags: [],
    computedAt: '2026-03-01T12:00:00.000Z',
  };

  it('says nothing of what cannot be seen, which is not the same as nobody', () => {
    expect(entitySummarySchema.parse(summary).understoodBy).toBeUndefined();
    expect(
      entitySummarySchema.parse({ ...summary, understoodBy: 0 }).understoodBy,
    ).toBe(0);
    expect(
      entitySummarySchema.safeParse({ ...summary, understoodBy: null }).success,
    ).toBe(false);
  });
});
