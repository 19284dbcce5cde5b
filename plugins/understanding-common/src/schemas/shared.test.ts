import fc from 'fast-check';
import { z } from 'zod';
import {
  entityRefSchema,
  instantSchema,
  pageQueryShape,
  pageSchema,
  reasonSchema,
} from './shared';

describe('entityRefSchema', () => {
  it.each([
    'component:default/ledger',
    'api:eu-1/pay.v2_x',
    // What a catalog makes of `owner: Team A`, `owner: a/b/c` and `Łódź`.
    'group:default/team a',
    'group:a/b/c',
    'group:default/łódź',
    `component:default/${'x'.repeat(176)}`,
  ])('takes %s', ref => {
    expect(entityRefSchema.parse(ref)).toBe(ref);
  });

  it.each([
    '',
    'ledger',
    'component:ledger',
    'default/ledger',
    'component:/ledger',
    ':default/ledger',
    'component:default/',
    'Component:default/ledger',
    'component:default/Ledger',
    'component:a b/ledger',
    'component:../ledger',
    'component:default/.',
    'component:default/..',
    'component:default/a\nb',
    'component:default/a\u0000',
    `component:default/${'x'.repeat(177)}`,
    7,
    null,
    undefined,
  ])('refuses %p', ref => {
    expect(entityRefSchema.safeParse(ref).success).toBe(false);
  });

  it('says which form it wants', () => {
    expect(entityRefSchema.safeParse('ledger').error?.issues[0].message).toBe(
      'must be a full, lower-case entity reference such as component:default/ledger',
    );
  });

  it('takes no time on long input', () => {
    fc.assert(
      fc.property(fc.constantFrom(':', '/', 'a', ':/', 'a:'), part => {
        expect(entityRefSchema.safeParse(part.repeat(50_000)).success).toBe(
          false,
        );
      }),
    );
  });
});

describe('instantSchema', () => {
  it('takes instants in UTC, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        date => {
          expect(instantSchema.safeParse(date.toISOString()).success).toBe(
            true,
          );
        },
      ),
    );
    for (const other of [
      '2026-03-01',
      '2026-03-01T12:00:00',
      '2026-03-01T12:00:00+01:00',
      '2026-02-30T12:00:00Z',
      '1772366400000',
      '',
    ]) {
      expect(instantSchema.safeParse(other).success).toBe(false);
    }
  });
});

describe('reasonSchema', () => {
  it('counts lines from 1', () => {
    const reason = { message: 'It is gone.', file: 'README.md' };
    expect(reasonSchema.safeParse({ ...reason, line: 1 }).success).toBe(true);
    expect(reasonSchema.safeParse({ ...reason, line: 0 }).success).toBe(false);
    expect(reasonSchema.safeParse({ ...reason, line: 1.5 }).success).toBe(
      false,
    );
  });
});

describe('pageSchema', () => {
  const schema = pageSchema(z.string());

  it('takes a page, with or without a next one', () => {
    const page = { items: ['a'], totalItems: 2 };
    expect(schema.parse(page)).toEqual(page);
    expect(schema.parse({ ...page, nextCursor: 'b' }).nextCursor).toBe('b');
    expect(schema.safeParse({ items: [1], totalItems: 2 }).success).toBe(false);
    expect(schema.safeParse({ items: [], totalItems: -1 }).success).toBe(false);
    expect(schema.safeParse({ items: [] }).success).toBe(false);
  });

  // So that a client understands a backend that is newer than itself.
  it('leaves out what it does not know', () => {
    expect(schema.parse({ items: [], totalItems: 0, more: 1 })).toEqual({
      items: [],
      totalItems: 0,
    });
  });
});

describe('pageQueryShape', () => {
  const schema = z.strictObject(pageQueryShape);

  it.each([
    [{}, 50],
    [{ limit: '1' }, 1],
    [{ limit: '200' }, 200],
    [{ limit: 20 }, 20],
  ])('of %j has the limit %d', (query, limit) => {
    expect(schema.parse(query)).toEqual({ limit });
  });

  it.each(['0', '201', '-1', '1.5', 'many', '', 'Infinity'])(
    'refuses the limit %p',
    limit => {
      const { error } = schema.safeParse({ limit });
      expect(error?.issues[0].path).toEqual(['limit']);
    },
  );

  it('refuses a cursor that is too long', () => {
    expect(schema.safeParse({ cursor: 'x'.repeat(2000) }).success).toBe(true);
    expect(schema.safeParse({ cursor: 'x'.repeat(2001) }).success).toBe(false);
  });
});
