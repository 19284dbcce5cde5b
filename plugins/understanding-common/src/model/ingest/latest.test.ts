import fc from 'fast-check';
import { HostChange, HostComment, HostReview } from './HostFact';
import {
  latestChange,
  latestComment,
  latestDeployment,
  latestReview,
} from './latest';

const instants = fc.constantFrom(
  '2026-05-20T10:00:00.000Z',
  '2026-05-20T10:00:01.000Z',
  '2026-05-20T10:00:02.000Z',
);

const change: HostChange = {
  id: 'code.acme.example/1',
  host: 'code.acme.example',
  repository: 'acme/shop',
  number: 1,
  url: 'https://code.acme.example/acme/shop/pull/1',
  title: 'A change',
  description: '',
  headSha: 'a'.repeat(40),
  baseBranch: 'main',
  state: 'open',
  draft: false,
  labels: [],
  requestedReviewers: [],
  createdAt: '2026-05-20T10:00:00.000Z',
  updatedAt: '2026-05-20T10:00:00.000Z',
};

const changes = fc
  .record({
    updatedAt: instants,
    title: fc.constantFrom('One', 'Two'),
    state: fc.constantFrom('open', 'closed', 'merged'),
  })
  .map(more => ({ ...change, ...more } as HostChange));

const reviews = fc
  .record({
    submittedAt: instants,
    verdict: fc.constantFrom(
      'approved',
      'changes-requested',
      'commented',
      'dismissed',
    ),
    body: fc.constantFrom('', 'No', 'Yes'),
  })
  .map(more => ({ id: 'r', changeId: change.id, ...more } as HostReview));

const comments = fc
  .record({
    updatedAt: instants,
    deleted: fc.boolean(),
    body: fc.constantFrom('', '/understanding genuine'),
  })
  .map(
    more =>
      ({
        id: 'c',
        changeId: change.id,
        createdAt: change.createdAt,
        ...more,
      } as HostComment),
  );

/** Something that, told in another order and twice, leads to another state. */
function counterexample<T>(
  arbitrary: fc.Arbitrary<T>,
  latest: (known: T | undefined, told: T) => T,
): unknown {
  const fold = (told: readonly T[]) =>
    told.reduce<T | undefined>((known, one) => latest(known, one), undefined);
  return fc.check(
    fc.property(
      fc.array(arbitrary, { minLength: 1, maxLength: 8 }).chain(told =>
        fc.tuple(
          fc.constant(told),
          fc.shuffledSubarray([...told, ...told], {
            minLength: 2 * told.length,
          }),
        ),
      ),
      ([told, again]) =>
        JSON.stringify(fold(again)) === JSON.stringify(fold(told)),
    ),
    { numRuns: 500 },
  ).counterexample;
}

describe('latestChange', () => {
  const told = (known: HostChange | undefined, next: HostChange) =>
    latestChange(known, next, { asked: false });

  it('leads to one state in any order', () => {
    expect(
      counterexample(changes, (known, next) => told(known, next).change),
    ).toBeNull();
  });

  it('keeps the latest by the host’s time, and never goes back', () => {
    fc.assert(
      fc.property(changes, changes, (known, next) => {
        const { change: kept } = told(known, next);
        expect(kept.updatedAt).toBe(
          [known.updatedAt, next.updatedAt].sort().pop(),
        );
        expect([known, next]).toContainEqual(kept);
      }),
    );
  });

  it('is in doubt just where two statements of one instant differ', () => {
    fc.assert(
      fc.property(changes, changes, (known, next) => {
        expect(told(known, next).inDoubt).toBe(
          known.updatedAt === next.updatedAt &&
            (known.title !== next.title || known.state !== next.state),
        );
      }),
    );
    expect(told(undefined, change).inDoubt).toBe(false);
  });

  it('does not take another order of fields for a difference', () => {
    const { title, ...rest } = change;
    expect(told(change, { title, ...rest }).inDoubt).toBe(false);
  });

  it('believes a host that was asked, unless something later is known', () => {
    const asked = { ...change, title: 'As asked' };
    const merged = { ...change, state: 'merged' } as const;
    expect(latestChange(merged, asked, { asked: true })).toEqual({
      change: asked,
      inDoubt: false,
    });
    const later = { ...change, updatedAt: '2026-05-20T10:00:01.000Z' };
    expect(latestChange(later, asked, { asked: true }).change).toBe(later);
  });

  it('lets a merge win over what was told of the same instant', () => {
    const merged = { ...change, state: 'merged' } as const;
    expect(told(merged, change).change).toBe(merged);
    expect(told(change, merged).change).toBe(merged);
  });
});

describe('latestReview', () => {
  it('leads to one state in any order', () => {
    expect(counterexample(reviews, latestReview)).toBeNull();
  });

  it('knows a dismissal, which has the time of the review', () => {
    const approved: HostReview = {
      id: 'r',
      changeId: change.id,
      verdict: 'approved',
      body: 'Yes',
      submittedAt: change.createdAt,
    };
    const dismissed = { ...approved, verdict: 'dismissed' } as const;
    expect(latestReview(dismissed, approved)).toBe(dismissed);
    const again = { ...approved, submittedAt: '2026-05-20T10:00:01.000Z' };
    expect(latestReview(dismissed, again)).toBe(again);
  });
});

describe('latestComment', () => {
  it('leads to one state in any order', () => {
    expect(counterexample(comments, latestComment)).toBeNull();
  });

  it('does not bring back what was deleted', () => {
    const comment: HostComment = {
      id: 'c',
      changeId: change.id,
      body: 'Hello',
      createdAt: change.createdAt,
      updatedAt: '2026-05-20T10:00:02.000Z',
      deleted: false,
    };
    const deleted = {
      ...comment,
      deleted: true,
      updatedAt: change.createdAt,
    };
    expect(latestComment(deleted, comment)).toBe(deleted);
  });
});

describe('latestDeployment', () => {
  it('leads to one state in any order', () => {
    const deployments = fc.record({
      id: fc.constant('d'),
      host: fc.constant(change.host),
      repository: fc.constant(change.repository),
      environment: fc.constant('production'),
      sha: fc.constantFrom('a', 'b'),
      state: fc.constantFrom(
        'pending' as const,
        'succeeded' as const,
        'failed' as const,
        'inactive' as const,
      ),
      updatedAt: instants,
    });
    expect(counterexample(deployments, latestDeployment)).toBeNull();
  });
});
