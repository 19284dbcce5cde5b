import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createExampleRepositories } from './createRepositories.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const now = new Date('2026-06-01T00:00:00Z');
const DAY = 24 * 60 * 60;
let folder;
let target;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'understanding-examples-'));
  target = join(folder, 'repositories');
  await createExampleRepositories({ target, now });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const git = (repository, ...args) =>
  execFileSync('git', args, {
    cwd: join(target, repository),
    encoding: 'utf8',
  }).trim();

/** Names of people, without bots, who changed a path in so many days. */
function authors(repository, path, days) {
  const since = now.getTime() / 1000 - days * DAY;
  return [
    ...new Set(
      git(repository, 'log', '--no-merges', '--format=%at %aN', '--', path)
        .split('\n')
        .filter(line => Number(line.split(' ')[0]) >= since)
        .map(line => line.slice(line.indexOf(' ') + 1))
        .filter(name => !name.includes('[bot]')),
    ),
  ].sort();
}

function commitsSince(repository, document, path) {
  const last = git(repository, 'log', '-1', '--format=%H', '--', document);
  return Number(
    git(repository, 'rev-list', '--count', `${last}..HEAD`, '--', path),
  );
}

test('refunds is known to one person only, and its document is current', () => {
  assert.deepEqual(authors('payments-core', 'services/refunds', 10_000), [
    'Chiara Lindt',
  ]);
  assert.equal(
    commitsSince(
      'payments-core',
      'services/refunds/README.md',
      'services/refunds/src',
    ),
    0,
  );
});

test('the only author of the deploy controller has not been there for 300 days', () => {
  assert.deepEqual(authors('deploy-controller', '.', 10_000), ['Nils Oberg']);
  assert.deepEqual(authors('deploy-controller', '.', 300), []);
  const org = readFileSync(join(here, 'catalog/org.yaml'), 'utf8');
  assert.match(org, /name: nils-oberg[\s\S]*?memberOf: \[\]/);
});

test("payouts' document fell behind ten changes or more", () => {
  assert.ok(
    commitsSince(
      'payments-core',
      'services/payouts/README.md',
      'services/payouts/src',
    ) >= 10,
  );
});

test("the notifier's document cites a file that was removed", () => {
  assert.match(git('notifier', 'show', 'HEAD:README.md'), /`src\/sms\.ts`/);
  assert.equal(git('notifier', 'ls-tree', 'HEAD', 'src/sms.ts'), '');
  assert.notEqual(
    git('notifier', 'log', '--format=%H', '--', 'src/sms.ts'),
    '',
  );
});

test('the cart has no document', () => {
  assert.doesNotMatch(
    git('cart', 'ls-tree', '-r', '--name-only', 'HEAD'),
    /\.md$/m,
  );
});

test('the owner of the fraud scorer is not in the catalog', () => {
  const services = readFileSync(join(here, 'catalog/services.yaml'), 'utf8');
  const org = readFileSync(join(here, 'catalog/org.yaml'), 'utf8');
  assert.match(services, /owner: group:default\/former-risk-team/);
  assert.doesNotMatch(org, /name: former-risk-team/);
});

test('the document on reports is over a year old', () => {
  const last = Number(
    git('reporting', 'log', '-1', '--format=%at', '--', 'README.md'),
  );
  assert.ok(now.getTime() / 1000 - last > 365 * DAY);
});

test('healthy services have three people and a current document', () => {
  for (const [repository, path, document] of [
    ['payments-core', 'services/ledger/src', 'services/ledger/README.md'],
    ['checkout', 'src', 'README.md'],
    ['event-gateway', 'src', 'README.md'],
    ['model-trainer', 'train', 'README.md'],
  ]) {
    assert.ok(authors(repository, path, 180).length >= 3, repository);
    assert.ok(commitsSince(repository, document, path) <= 1, repository);
  }
});

test('the same data and instant give the same commits; others are kept', async () => {
  const again = join(folder, 'again');
  await createExampleRepositories({ target: again, now });
  for (const name of readdirSync(target)) {
    const head = readFileSync(
      join(again, name, '.git/refs/heads/main'),
      'utf8',
    );
    assert.equal(git(name, 'rev-parse', 'main'), head.trim());
  }
  const { created, kept } = await createExampleRepositories({ target: again });
  assert.deepEqual(created, []);
  assert.equal(kept.length, readdirSync(again).length);
});

test('changed data is created anew, and wrong data told with its place', async () => {
  const histories = join(folder, 'histories');
  const own = join(folder, 'own');
  mkdirSync(histories);
  const write = (message, extra = '') =>
    writeFileSync(
      join(histories, 'one.yaml'),
      `people: {a: 'Ann <a@example.org>'}\ncommits:\n  - {ago: 1, by: a, message: ${message}, write: {x.ts: y}${extra}}\n`,
    );
  write('first');
  await createExampleRepositories({ histories, target: own, now });
  write('second');
  assert.deepEqual(
    (await createExampleRepositories({ histories, target: own, now })).created,
    ['one'],
  );
  write('third', ', colour: red');
  await assert.rejects(
    createExampleRepositories({ histories, target: own, now }),
    /one\.yaml, commit 1: unknown field "colour"/,
  );
  write('""');
  await assert.rejects(
    createExampleRepositories({ histories, target: own, now }),
    /one\.yaml, commit 1 .*"message" is missing/,
  );
  write('fourth', ', merge: nowhere');
  await assert.rejects(
    createExampleRepositories({ histories, target: own, now }),
    /one\.yaml, commit 1 .*"merge" names nowhere/,
  );
  writeFileSync(
    join(histories, 'one.yaml'),
    "people: {a: 'Ann <a@example.org>'}\ncommits:\n  - {rounds: 3, from: 9, to: 1, by: [a]}\n",
  );
  await assert.rejects(
    createExampleRepositories({ histories, target: own, now }),
    /one\.yaml, commit 1: rounds need a list of "messages"/,
  );
});

test('what the git of a killed process still writes into is removed all the same', async () => {
  const place = join(folder, 'busy');
  const leftover = join(place, '.building-busy');
  mkdirSync(leftover, { recursive: true });
  const writer = spawn(process.execPath, [
    '--eval',
    `const until = Date.now() + 1500;
    for (let file = 0; Date.now() < until; file += 1) {
      fs.writeFileSync(path.join(process.argv[1], String(file)), '');
    }`,
    leftover,
  ]);
  const closed = new Promise(done => {
    writer.once('close', done);
  });
  while (readdirSync(leftover).length === 0) {
    await new Promise(done => {
      setTimeout(done, 10);
    });
  }
  await createExampleRepositories({ target: place });
  await closed;
  assert.ok(!readdirSync(place).some(name => name.startsWith('.building-')));
});

test('a process that is killed half way leaves nothing half', async () => {
  const place = join(folder, 'killed');
  for (const millis of [60, 120, 180, 240]) {
    const child = spawn(process.execPath, [
      join(here, 'createRepositories.mjs'),
      place,
    ]);
    // It may be done before it is killed.
    const closed = new Promise(done => {
      child.once('close', done);
    });
    await new Promise(done => {
      setTimeout(done, millis);
    });
    child.kill('SIGKILL');
    await closed;
    for (const name of existsSync(place) ? readdirSync(place) : []) {
      if (!name.startsWith('.building-')) {
        execFileSync('git', ['fsck', '--full'], {
          cwd: join(place, name),
          stdio: 'pipe',
        });
        assert.ok(existsSync(join(place, name, '.git/example-history')));
      }
    }
  }
  const { created, kept } = await createExampleRepositories({ target: place });
  assert.equal(created.length + kept.length, readdirSync(target).length);
  assert.ok(!readdirSync(place).some(name => name.startsWith('.building-')));
});
