import fc from 'fast-check';
import {
  AUTHOR_MINIMUM,
  authorsAmong,
  degreeOfAuthorship,
  weightAtAge,
} from './degreeOfAuthorship';

const changes = fc.nat(1000);
const facts = fc.record({
  firstAuthor: fc.boolean(),
  ownChanges: changes,
  otherChanges: changes,
});

describe('degreeOfAuthorship', () => {
  it.each`
    firstAuthor | ownChanges | otherChanges | degree    | why
    ${true}     | ${0}       | ${0}         | ${4.391}  | ${'3.293 + 1.098'}
    ${false}    | ${0}       | ${0}         | ${3.293}  | ${'the constant alone'}
    ${false}    | ${1}       | ${0}         | ${3.457}  | ${'3.293 + 0.164'}
    ${true}     | ${0}       | ${1}         | ${4.1685} | ${'4.391 - 0.321 * ln 2 (0.6931)'}
    ${true}     | ${1}       | ${1}         | ${4.3325} | ${'4.1685 + 0.164'}
    ${false}    | ${1}       | ${2}         | ${3.1043} | ${'3.457 - 0.321 * ln 3 (1.0986)'}
    ${false}    | ${10}      | ${100}       | ${3.4515} | ${'3.293 + 1.64 - 0.321 * ln 101 (4.6151)'}
    ${true}     | ${2.5}     | ${0.5}       | ${4.6708} | ${'4.391 + 0.41 - 0.321 * ln 1.5 (0.4055)'}
  `('is $degree: $why', ({ firstAuthor, ownChanges, otherChanges, degree }) => {
    expect(
      degreeOfAuthorship({ firstAuthor, ownChanges, otherChanges }),
    ).toBeCloseTo(degree, 3);
  });

  it('rises with every own change and falls with every other one', () => {
    fc.assert(
      fc.property(facts, one => {
        const degree = degreeOfAuthorship(one);
        expect(
          degreeOfAuthorship({ ...one, ownChanges: one.ownChanges + 1 }),
        ).toBeGreaterThan(degree);
        expect(
          degreeOfAuthorship({ ...one, otherChanges: one.otherChanges + 1 }),
        ).toBeLessThan(degree);
      }),
    );
  });
});

/** The authors by name. */
function authorsOf(degrees: ReadonlyArray<readonly [string, number]>) {
  return authorsAmong(degrees.map(([, degree]) => degree)).map(
    index => degrees[index][0],
  );
}

describe('authorsAmong', () => {
  it.each`
    degrees                       | authors           | why
    ${{ ann: 4.391 }}             | ${['ann']}        | ${'alone'}
    ${{ ann: 4.168, bob: 3.457 }} | ${['ann', 'bob']} | ${'3.457 / 4.168 is 0.829'}
    ${{ ann: 4.332, bob: 3.234 }} | ${['ann']}        | ${'3.234 is under 3.293'}
    ${{ ann: 4.391, bob: 3.293 }} | ${['ann']}        | ${'3.293 / 4.391 is 0.74995'}
    ${{ ann: 5, bob: 3.75 }}      | ${['ann']}        | ${'0.75 does not exceed 0.75'}
    ${{ ann: 5, bob: 3.751 }}     | ${['ann', 'bob']} | ${'0.7502 does'}
    ${{ ann: 3.293 }}             | ${['ann']}        | ${'3.293 is enough'}
    ${{ ann: 3.2929 }}            | ${[]}             | ${'the highest may be too low'}
    ${{ ann: -1, bob: -2 }}       | ${[]}             | ${'negative ones are'}
    ${{}}                         | ${[]}             | ${'nobody is nobody'}
  `('of $degrees are $authors: $why', ({ degrees, authors }) => {
    expect(authorsOf(Object.entries<number>(degrees))).toEqual(authors);
  });

  const degrees = fc.uniqueArray(
    fc.tuple(
      fc.string({ maxLength: 3 }),
      fc.double({ min: -5, max: 30, noNaN: true }),
    ),
    { selector: ([person]) => person },
  );

  it('are the same in whatever order people come', () => {
    fc.assert(
      fc.property(degrees, fc.array(fc.nat()), (people, keys) => {
        const shuffled = people
          .map((entry, index) => ({ entry, key: keys[index] ?? 0 }))
          .sort((x, y) => x.key - y.key)
          .map(({ entry }) => entry);
        expect(new Set(authorsOf(shuffled))).toEqual(
          new Set(authorsOf(people)),
        );
      }),
    );
  });

  it('include whoever has the highest degree, if that is high enough', () => {
    fc.assert(
      fc.property(degrees, people => {
        const highest = Math.max(...people.map(([, degree]) => degree));
        const first = people
          .filter(([, degree]) => degree === highest)
          .map(([person]) => person);
        const authors = authorsOf(people);
        expect(first.filter(one => authors.includes(one))).toEqual(
          highest >= AUTHOR_MINIMUM ? first : [],
        );
        expect(authors.length > 0).toBe(highest >= AUTHOR_MINIMUM);
      }),
    );
  });
});

describe('weightAtAge', () => {
  it.each`
    ageDays | weight
    ${0}    | ${1}
    ${75}   | ${Math.SQRT1_2}
    ${150}  | ${0.5}
    ${300}  | ${0.25}
    ${1e6}  | ${0}
    ${-1}   | ${1}
  `('of a change $ageDays days old is $weight', ({ ageDays, weight }) => {
    expect(weightAtAge(ageDays, 150)).toBeCloseTo(weight, 10);
  });
});
