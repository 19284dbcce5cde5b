import fc from 'fast-check';
import { aliasCandidates, aliasCandidatesAmong } from './aliasCandidates';
import { Person } from './people';

const person = (name: string, ...emails: string[]): Person => ({
  name,
  emails,
});

describe('aliasCandidates', () => {
  it.each<[string, Person, Person]>([
    ['same name', person('Zoë Day', 'z@a'), person('zoe  day', 'y@b')],
    ['same name', person('王伟', 'wang@a'), person('王伟', 'other@b')],
    [
      'same local part of the address',
      person('Z', 'zoe@work.example'),
      person('Zed', '123+Zoe@users.noreply.github.com'),
    ],
    [
      'name of one is local part of the other',
      person('Zoe Day', 'z@a'),
      person('Z', 'zoe.day@b'),
    ],
    [
      'name of one is local part of the other',
      person('Z', '9+zday@users.noreply.github.com'),
      person('zday', 'z@b'),
    ],
  ])('finds the %s', (reason, one, other) => {
    expect(aliasCandidates([one, person('Nina', 'n@x'), other])).toEqual([
      { people: [0, 2], reason },
    ]);
  });

  it.each<[string, Person, Person]>([
    ['addresses of anybody', person('A B', 'info@a'), person('C D', 'info@b')],
    ['short local parts', person('A B', 'jd@a'), person('C D', 'jd@b')],
    ['no names', person('', 'one@a'), person('', 'two@b')],
    ['no addresses', person('A B', ''), person('C D', '')],
    ['names of nobody', person('unknown', 'x@a'), person('Unknown', 'y@b')],
  ])('makes nothing of %s', (_, one, other) => {
    expect(aliasCandidates([one, other])).toEqual([]);
  });

  it('leaves those alone whom the identities tell apart', () => {
    const ada = { ...person('Ada', 'ada@a'), personId: 'ada' };
    const other = { ...person('Ada', 'ada@b'), personId: 'other' };
    const unknown = person('Ada', 'ada@c');
    expect(aliasCandidates([ada, other])).toEqual([]);
    expect(aliasCandidates([ada, other, unknown])).toEqual([
      { people: [0, 2], reason: 'same name' },
    ]);
  });

  it('names every pair once, with the first reason', () => {
    const both = [person('Zoe', 'zoe@a'), person('Zoe', 'zoe@b')];
    expect(aliasCandidates(both)).toEqual([
      { people: [0, 1], reason: 'same name' },
    ]);
  });

  it('stays small when very many share a name', () => {
    const many = Array.from({ length: 20_000 }, (_, number) =>
      person('Same Name', `p${number}@x`),
    );
    expect(aliasCandidates(many)).toHaveLength(19_999);
  });

  it('finds everybody of the same name, whatever else there is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('Ada', 'Bob', 'Cem'), fc.nat(9))),
        entries => {
          const people = entries.map(([name, number], index) =>
            person(name, `${number}x${index}@y`),
          );
          const pairs = aliasCandidates(people);
          for (const name of ['Ada', 'Bob', 'Cem']) {
            const [first, ...others] = people.flatMap((one, index) =>
              one.name === name ? [index] : [],
            );
            for (const other of others) {
              expect(pairs).toContainEqual({
                people: [first, other],
                reason: 'same name',
              });
            }
          }
        },
      ),
    );
  });
});

describe('aliasCandidatesAmong', () => {
  const known = [
    person('Zoë Day', 'zoe@work.example'),
    person('Sam', 'sam@work.example'),
    person('Sam', 'sam.other@work.example'),
  ];

  it('pairs whoever is not known with each who is and may be the same', () => {
    const others = [
      person('zoe day', 'z@home.example'),
      person('Nina', 'nina@home.example'),
      person('Sam', 's@home.example'),
      person('Nina', 'nina@other.example'),
    ];
    expect(aliasCandidatesAmong(known, others)).toEqual([
      { known: 0, other: 0, reason: 'same name' },
      { known: 1, other: 2, reason: 'same name' },
      { known: 2, other: 2, reason: 'same name' },
    ]);
  });

  it('says nothing where very many are called the same', () => {
    const many = Array.from({ length: 6 }, (_, number) =>
      person('Sam', `p${number}@x`),
    );
    const other = [person('Sam', 'somebody@y')];
    expect(aliasCandidatesAmong(many, other)).toEqual([]);
    expect(aliasCandidatesAmong(many.slice(1), other)).toHaveLength(5);
  });
});
