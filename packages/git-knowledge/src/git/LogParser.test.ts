import fc from 'fast-check';
import { CommitLimits, FIELD, LogHandler, LogParser } from './LogParser';

const HASH = 'c0ffee'.padEnd(40, '0');
const META = `:100644 100644 ${HASH} ${HASH}`;

type Change = [status: string, path: string, from?: string];
interface Parsed {
  fields: string[];
  changes: Change[];
}

/** As git prints it: NUL after every field and every path. */
function header(
  hash: string,
  rest = ['', 'Ann', 'ann@example.com', '5', '6'],
  message = '',
) {
  return [hash, ...rest, message];
}

const LIMITS = { filesPerCommit: 100, pathLength: 100 };

function parse(
  tokens: readonly string[],
  cuts: readonly number[] = [],
  limits: CommitLimits = LIMITS,
) {
  const bytes = Buffer.from(tokens.map(token => `${token}\0`).join(''));
  const places = [0, ...cuts, bytes.length]
    .map(cut => Math.min(cut, bytes.length))
    .sort((x, y) => x - y);
  const commits: Parsed[] = [];
  const handler: LogHandler = {
    commit(source, bounds) {
      const fields = Object.values(FIELD).map(field =>
        source.toString('utf8', bounds[field], bounds[field + 1]),
      );
      commits.push({ fields, changes: [] });
    },
    change(source, status, start, end, from) {
      const change: Change = [status, source.toString('utf8', start, end)];
      if (from >= 0) {
        change.push(source.toString('utf8', from, start - 1));
      }
      commits[commits.length - 1].changes.push(change);
    },
    leaveOut() {
      commits[commits.length - 1].changes.push(['left out', '']);
    },
  };
  const parser = new LogParser(handler, limits);
  for (let index = 1; index < places.length; index += 1) {
    parser.push(bytes.subarray(places[index - 1], places[index]));
  }
  parser.finish();
  return commits;
}

describe('LogParser', () => {
  it('leaves out what is beyond the limits of a commit', () => {
    const tokens = [
      ...header('1'),
      ...[`\n${META} A`, 'a', `${META} A`, 'long', `${META} R100`, 'old', 'b'],
      ...header('2'),
      ...[`\n${META} A`, 'c'],
    ];
    const changes = (limits: Partial<CommitLimits>) =>
      parse(tokens, [], { ...LIMITS, ...limits }).map(commit =>
        commit.changes.map(([status]) => status),
      );
    expect(changes({ filesPerCommit: 2 })).toEqual([
      ['A', 'A', 'left out'],
      ['A'],
    ]);
    expect(changes({ pathLength: 3 })).toEqual([['A', 'left out', 'R'], ['A']]);
    expect(changes({ pathLength: 2 })).toEqual([
      ['A', 'left out', 'left out'],
      ['A'],
    ]);
  });

  it('reads commits with everything that can happen to a file', () => {
    expect(
      parse([
        ...header('1'),
        ...[`\n${META} A`, 'a', `${META} M`, 'b', `${META} D`, 'c'],
        ...[`${META} T`, 'd', `${META} R100`, 'e', 'f'],
        ...[`${META} C75`, 'g', 'h', `${META} U`, 'i', `${META} M`, 'j'],
        ...header('2', ['1 3', 'Bob', 'bob@example.com', '', '8'], 'X: y\nZ'),
      ]),
    ).toEqual([
      {
        fields: ['1', '', 'Ann', 'ann@example.com', '5', '6', ''],
        changes: [
          ['A', 'a'],
          ['M', 'b'],
          ['D', 'c'],
          ['T', 'd'],
          ['R', 'f', 'e'],
          // A copy is a creation, and what is not merged is nothing.
          ['A', 'h'],
          ['M', 'j'],
        ],
      },
      {
        fields: ['2', '1 3', 'Bob', 'bob@example.com', '', '8', 'X: y\nZ'],
        changes: [],
      },
    ]);
  });

  it('takes no name, address or path for anything else', () => {
    const odd = [META, `${META} A`, '\n', '-n', ' ', '"a"\t\'b\'\n', ':', ''];
    for (const text of odd) {
      expect(
        parse([
          ...header('1', ['', text, text, '5', '6'], text),
          ...[
            `\n${META} R050`,
            `${text}x`,
            `${text}y`,
            `${META} A`,
            `${text}z`,
          ],
          ...header('2'),
        ]),
      ).toMatchObject([
        {
          fields: ['1', '', text, text, '5', '6', text],
          changes: [
            ['R', `${text}y`, `${text}x`],
            ['A', `${text}z`],
          ],
        },
        { changes: [] },
      ]);
    }
  });

  it('reads nothing out of nothing', () => {
    expect(parse([])).toEqual([]);
  });

  it('leaves out what the stream breaks off in', () => {
    const parsed = parse([...header('1'), `\n${META} M`, 'a', '2', 'Bob']);
    expect(parsed).toMatchObject([{ changes: [['M', 'a']] }]);
  });

  it('does not wait for a message without end', () => {
    const parser = new LogParser(
      { commit: () => {}, change: () => {}, leaveOut: () => {} },
      LIMITS,
    );
    const chunk = Buffer.alloc(16 * 1024 * 1024, 'x');
    expect(() => {
      for (let count = 0; count < 10; count += 1) {
        parser.push(chunk);
      }
      parser.finish();
    }).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  const text = fc
    .string({ unit: 'binary', maxLength: 8 })
    .map(one => one.replace(/\0/g, ''));
  const path = text.map(one => `p${one}`);
  const change = fc.oneof(
    fc.tuple(fc.constantFrom('A', 'M', 'D', 'T'), path),
    fc.tuple(fc.constant('R087'), path, path),
  );
  const commit = fc.record({
    name: text,
    email: text,
    changes: fc.array(change, { maxLength: 4 }),
  });

  it('reads the same wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(commit, { maxLength: 5 }),
        fc.array(fc.nat(800), { maxLength: 20 }),
        (commits, cuts) => {
          const tokens = commits.flatMap(({ name, email, changes }, index) => [
            ...header(`${index}`, ['', name, email, '5', '6']),
            ...changes.flatMap(([status, ...paths]) => [
              `${META} ${status}`,
              ...paths,
            ]),
          ]);
          const parsed = parse(tokens, cuts);
          expect(parsed).toEqual(parse(tokens));
          expect(
            parsed.map(one => [one.fields[2], one.changes.length]),
          ).toEqual(
            commits.map(({ name, changes }) => [
              Buffer.from(name).toString(),
              changes.length,
            ]),
          );
        },
      ),
    );
  });
});
