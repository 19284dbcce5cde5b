import { QuestionInput, reviewerQuestions } from './questions';

const edge: QuestionInput['edges'][number] = {
  sourceRef: 'component:default/cart',
  type: 'dependsOn',
  targetRef: 'component:default/tax-rates',
  sourceTitle: 'Cart',
  targetTitle: 'Tax rates',
  criticality: 'HARD',
  firstSeen: '2026-01-01T00:00:00.000Z',
};

const of = (input: Partial<QuestionInput>) =>
  reviewerQuestions({
    files: [],
    edges: [],
    changedAt: '2026-05-20T10:00:00.000Z',
    ...input,
  });

describe('reviewerQuestions', () => {
  it('asks of a dependency that a file names, under each condition', () => {
    const questions = of({ edges: [edge], files: ['src/taxRates.ts'] });
    expect(questions.map(one => one.question)).toEqual([
      'What does Cart do when Tax rates is down?',
      'What does Cart do when Tax rates is slow?',
      'What does Cart do when Tax rates answers with wrong data?',
    ]);
    expect(questions[0].reason).toBe(
      'The change touches src/taxRates.ts, which names Tax rates.',
    );
    expect(questions[0].edge).toEqual({
      sourceRef: edge.sourceRef,
      type: edge.type,
      targetRef: edge.targetRef,
    });
  });

  it('asks of a dependency that came since, also of one that only degrades', () => {
    const firstSeen = '2026-05-20T10:00:00.001Z';
    const [question] = of({
      edges: [{ ...edge, firstSeen, criticality: 'SOFT' }],
    });
    expect(question.reason).toContain('only since this change was proposed');
  });

  it('asks nothing of a dependency that the change does not touch', () => {
    expect(of({ edges: [edge], files: ['src/taxes.ts'] })).toEqual([]);
    expect(
      of({
        edges: [{ ...edge, criticality: 'SOFT' }],
        files: ['src/taxRates.ts'],
      }),
    ).toEqual([]);
  });

  it.each([
    'db/migrations/001.js',
    'schema.graphql',
    'api/events.proto',
    'dump.sql',
  ])('asks of data where %s is touched', path => {
    expect(of({ files: ['a.ts', path] })).toEqual([
      {
        question: expect.stringContaining('rolled back'),
        reason: expect.stringContaining(path),
        file: path,
      },
    ]);
  });

  it.each(['src/requestTimeout.ts', 'pool.yaml', 'rate-limit.json'])(
    'asks of load where %s is touched',
    path => {
      expect(of({ files: [path] })).toEqual([
        {
          question: expect.stringContaining('load'),
          reason: expect.stringContaining(path),
          file: path,
        },
      ]);
    },
  );

  it('asks of nothing where there is no reason to', () => {
    expect(of({ files: ['src/unlimited.ts', 'src/migrate.ts'] })).toEqual([]);
  });

  it('asks no more than is read, and always of data and load', () => {
    const edges = Array.from({ length: 40 }, (_, index) => ({
      ...edge,
      targetRef: `component:default/t${index}`,
      firstSeen: '2026-06-01T00:00:00.000Z',
    }));
    const questions = of({ edges, files: ['a.sql', 'timeout.ts'] });
    expect(questions).toHaveLength(12);
    expect(questions.filter(one => one.file)).toHaveLength(2);
  });
});
