import { day, dayText } from '../__testUtils__/commits';
import { CommitTable } from './CommitTable';

const ann = {
  name: 'Ann',
  email: 'ann@example.com',
  person: { key: 'ann', active: true },
};
const FUTURE = Date.UTC(2106, 1, 7) / 1000;

function add(table: CommitTable, authorTime: number, committerTime: number) {
  return table.add(
    {
      hash: `${authorTime} ${committerTime}`,
      ...ann,
      coAuthors: [],
      authorTime,
      committerTime,
      changes: [],
      omitted: 0,
    },
    [ann],
  );
}

describe('CommitTable', () => {
  it('numbers commits in their order, and finds them by hash', () => {
    const table = new CommitTable(day(10));
    expect(add(table, day(0), day(0))).toBe(0);
    expect(add(table, day(1), day(2))).toBe(1);
    expect(table.numberOf(`${day(1)} ${day(2)}`)).toBe(1);
    expect(table.numberOf('unknown')).toBeUndefined();
    expect(table.numberOf(undefined)).toBeUndefined();
  });

  it.each`
    author     | committer   | believed                      | why
    ${day(5)}  | ${day(6)}   | ${dayText(5)}                 | ${'the author time is believed'}
    ${day(10)} | ${day(10)}  | ${dayText(10)}                | ${'now is not the future'}
    ${0}       | ${day(6)}   | ${'1970-01-01T00:00:00.000Z'} | ${'1970 is possible'}
    ${FUTURE}  | ${day(6)}   | ${dayText(6)}                 | ${'the future is not, so the committer time is'}
    ${NaN}     | ${day(6)}   | ${dayText(6)}                 | ${'nonsense is no time'}
    ${-1}      | ${day(6)}   | ${dayText(6)}                 | ${'nor is a time before 1970'}
    ${FUTURE}  | ${FUTURE}   | ${dayText(3)}                 | ${'the latest before it is, when both are wrong'}
    ${NaN}     | ${Infinity} | ${dayText(3)}                 | ${'the latest before it is, when both are nonsense'}
  `('$author and $committer: $why', ({ author, committer, believed }) => {
    const table = new CommitTable(day(10));
    add(table, day(3), day(3));
    add(table, day(2), day(2));
    expect(table.instantOf(add(table, author, committer))).toBe(believed);
  });

  it('takes the first commit of all as of 1970 when its times are wrong', () => {
    const table = new CommitTable(day(10));
    expect(table.instantOf(add(table, FUTURE, FUTURE))).toBe(
      '1970-01-01T00:00:00.000Z',
    );
  });
});
