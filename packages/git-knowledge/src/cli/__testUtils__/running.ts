import {
  TestCommit,
  ann,
  bob,
  commit,
  lines,
} from '../../__testUtils__/commits';
import { NOW } from '../../__testUtils__/reading';
import { CliIo } from '../CliIo';
import { runCli } from '../runCli';

/** What a command prints in a folder, and how it ends. */
export async function runIn(
  cwd: string,
  args: string[],
  io: Partial<CliIo> = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    write: line => out.push(line),
    fail: line => err.push(line),
    now: new Date(NOW),
    cwd,
    ...io,
  });
  return { code, out: out.join(''), err: err.join('') };
}

export const run = (...args: string[]) => runIn('/', args);

/** The JSON that a command prints about a repository. */
export async function answer(repository: string, ...args: string[]) {
  const { code, out, err } = await runIn(repository, [...args, '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

/** What most commands are asked about: Ann and Bob, with a document and a rename. */
export function history(): TestCommit[] {
  return [
    commit(ann, {
      'pay/a.ts': lines('a'),
      'pay/b.ts': lines('b'),
      'pay/README.md': '# Pay\n\nSee `b.ts`.\n',
      'lib/c.ts': '1',
    }),
    commit(
      bob,
      { 'pay/a.ts': `${lines('a')}//\n` },
      { message: 'Change\n\nReviewed-by: Cem <cem@example.com>\n' },
    ),
    commit(bob, { 'lib/d.ts': '2' }, { moves: { 'pay/b.ts': 'pay/e.ts' } }),
  ];
}
