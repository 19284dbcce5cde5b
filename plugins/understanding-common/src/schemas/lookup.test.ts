import { whoUnderstandsQuerySchema } from './lookup';

const parse = (query: unknown) => whoUnderstandsQuerySchema.safeParse(query);

describe('whoUnderstandsQuerySchema', () => {
  it('takes a question of 2 to 500 characters, without the space around it', () => {
    expect(parse({ query: ' ledger ' }).data).toEqual({ query: 'ledger' });
    expect(parse({ query: 'ab' }).success).toBe(true);
    expect(parse({ query: 'x'.repeat(500) }).success).toBe(true);
  });

  it.each([
    ['', 'ask with at least two characters'],
    [' a ', 'ask with at least two characters'],
    ['x'.repeat(501), 'ask with at most 500 characters'],
  ])('refuses %p in words', (query, message) => {
    expect(parse({ query }).error?.issues[0]).toMatchObject({
      path: ['query'],
      message,
    });
  });

  it('refuses what it does not know, with its name, and no question at all', () => {
    expect(parse({ query: 'ledger', limit: 3 }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['limit'] },
    ]);
    expect(parse({}).success).toBe(false);
  });
});
