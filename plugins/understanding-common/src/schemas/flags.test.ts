import { flagMarkSchema, flagSchema, listFlagsQuerySchema } from './flags';

const flag = {
  id: 'f1',
  entityRef: 'component:default/ledger',
  rule: 'no-owner',
  severity: 'high',
  reasons: [{ message: 'The catalog names no owner' }],
  repair: { message: 'Name one.' },
  since: '2026-03-01T12:00:00.000Z',
  state: 'open',
};

describe('listFlagsQuerySchema', () => {
  it('asks for open flags where nothing else is said', () => {
    expect(listFlagsQuerySchema.parse({})).toEqual({
      limit: 50,
      state: 'open',
    });
    expect(listFlagsQuerySchema.parse({ state: 'resolved' }).state).toBe(
      'resolved',
    );
  });

  it('refuses what it does not know, with its name', () => {
    expect(
      listFlagsQuerySchema.safeParse({ flag: 'no-owner' }).error?.issues,
    ).toMatchObject([{ code: 'unrecognized_keys', keys: ['flag'] }]);
  });

  it.each([
    ['rule', 'bad-mood'],
    ['owner', 'payments'],
    ['entity', 'Ledger'],
    ['state', 'closed'],
    ['limit', '1000'],
  ])('refuses %s=%s', (name, value) => {
    expect(
      listFlagsQuerySchema.safeParse({ [name]: value }).error?.issues[0].path,
    ).toEqual([name]);
  });
});

describe('flagSchema', () => {
  it('takes a flag, of which a summary shows a part', () => {
    expect(flagSchema.parse(flag)).toEqual(flag);
    expect(flagMarkSchema.parse(flag)).toEqual({
      rule: 'no-owner',
      severity: 'high',
      since: '2026-03-01T12:00:00.000Z',
    });
    expect(flagSchema.safeParse({ ...flag, repair: undefined }).success).toBe(
      false,
    );
  });
});
