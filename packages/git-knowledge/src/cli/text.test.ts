import { Progress } from './Progress';
import { painter, printable, printableJson, table } from './text';

const paint = painter(false);

describe('table', () => {
  it('aligns wide characters, and numbers at the right', () => {
    expect(
      table(
        ['person', 'files'],
        [
          ['王伟', 1200],
          ['Zoë', 3],
          ['👩‍🚀', 44],
        ],
        { paint },
      ),
    ).toEqual([
      'person  files',
      '王伟    1,200',
      'Zoë         3',
      '👩‍🚀         44',
    ]);
  });

  it('shortens long paths in their middle on a narrow terminal alone', () => {
    const path = `src/${'very/'.repeat(20)}long.ts`;
    const rows = [[path, 1]];
    expect(table(['file', 'n'], rows, { paint })[1]).toBe(`${path}  1`);
    const [, line] = table(['file', 'n'], rows, { paint, columns: 40 });
    expect(line).toMatch(/^src\/very.*….*long\.ts +1$/);
    expect(line.length).toBeLessThanOrEqual(40);
  });
});

describe('printable', () => {
  it.each(['\u001b[2J', '\u0007', '\r', '\u009b', '\u202e', '\u2028', '\n'])(
    'lets %j not through',
    steering => {
      expect(printable(`a${steering}`)).toMatch(/^a\ufffd/);
      const json = printableJson({ a: steering });
      expect(JSON.parse(json)).toEqual({ a: steering });
      expect(json.replace(/\n/g, '')).toBe(printable(json.replace(/\n/g, '')));
    },
  );
});

describe('Progress', () => {
  function watch(showsProgress: boolean) {
    const said: string[] = [];
    const time = { now: 0 };
    const progress = new Progress(
      { fail: one => said.push(one), showsProgress },
      () => time.now,
    );
    return { said, time, progress };
  }

  it('tells how far it is after a while, and erases it', () => {
    const { said, time, progress } = watch(true);
    for (const now of [0, 499, 500, 550, 600]) {
      time.now = now;
      progress.tell(120_000 + now);
    }
    progress.erase();
    progress.erase();
    expect(said).toEqual([
      '\r\u001b[Kreading… 120,500 commits',
      '\r\u001b[Kreading… 120,600 commits',
      '\r\u001b[K',
    ]);
  });

  it('says nothing elsewhere, and nothing when it is quick', () => {
    const elsewhere = watch(false);
    elsewhere.time.now = 9999;
    elsewhere.progress.tell(1);
    elsewhere.progress.erase();
    const quick = watch(true);
    quick.progress.tell(1);
    quick.progress.erase();
    expect([elsewhere.said, quick.said]).toEqual([[], []]);
  });
});
