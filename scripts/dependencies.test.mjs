import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './toolchain.mjs';

const COMMON = 'backstage-plugin-understanding-common';
const NODE = 'backstage-plugin-understanding-node';
const REACT = 'backstage-plugin-understanding-react';
const PLUGIN = 'backstage-plugin-understanding';
const BACKEND = 'backstage-plugin-understanding-backend';
const SEARCH = 'backstage-plugin-search-backend-module-understanding';
const KNOWLEDGE = 'git-knowledge';

/** What each package may use of the others. */
const MAY_USE = {
  [KNOWLEDGE]: [],
  [COMMON]: [],
  [NODE]: [COMMON],
  [BACKEND]: [COMMON, NODE, KNOWLEDGE],
  [REACT]: [COMMON],
  [PLUGIN]: [COMMON, REACT],
  cli: [COMMON, KNOWLEDGE],
  [SEARCH]: [COMMON],
  app: [PLUGIN],
};
/** A module of the backend knows its extension point, not the backend. */
const MODULE = [COMMON, NODE];

const packages = ['packages', 'plugins'].flatMap(parent =>
  readdirSync(join(root, parent))
    .map(name => join(root, parent, name))
    .filter(folder => existsSync(join(folder, 'package.json')))
    .map(folder => ({
      folder,
      manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    })),
);
const shortName = name => name.replace('@understanding-dev/', '');

/** Names of packages that the sources of a folder import; tests may run any beside. */
function importsOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !/\.test\.tsx?$|__testUtils__/.test(file))
    .flatMap(file =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /(?:from|import|require)[\s(]*'((?:@[^/']+\/)?[^./'][^/']*)/g,
        ),
      ].map(([, name]) => name),
    );
}

test('packages use one another in one direction', () => {
  for (const { folder, manifest } of packages) {
    const name = shortName(manifest.name);
    if (name === 'backend') {
      continue;
    }
    const allowed = name.startsWith(`${BACKEND}-module-`)
      ? MODULE
      : MAY_USE[name];
    assert.ok(allowed, `${name} has no place in this test yet`);
    const used = [
      ...Object.keys(manifest.dependencies ?? {}),
      ...importsOf(join(folder, 'src')),
    ]
      .filter(one => one.startsWith('@understanding-dev/'))
      .map(shortName)
      .filter(one => one !== name);
    for (const one of new Set(used)) {
      assert.ok(allowed.includes(one), `${name} must not use ${one}`);
    }
  }
});

test('git-knowledge works without Backstage, and rules without anything', () => {
  const of = name =>
    packages.find(one => shortName(one.manifest.name) === name);
  const knowledge = of(KNOWLEDGE);
  const backstage = Object.keys(knowledge.manifest.dependencies).filter(name =>
    name.startsWith('@backstage/'),
  );
  assert.deepEqual(backstage, []);
  const model = join(of(COMMON).folder, 'src/model');
  assert.deepEqual(importsOf(model), []);
});

test('a capability has the same name everywhere', () => {
  const features = name =>
    readdirSync(join(root, 'plugins', name, 'src/features'));
  const model = readdirSync(
    join(root, 'plugins/understanding-common/src/model'),
    { withFileTypes: true },
  )
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('__'))
    .map(entry => entry.name);
  // Reading histories has rules of its own, in git-knowledge.
  const known = [...model, 'ingest'];
  for (const plugin of ['understanding', 'understanding-backend']) {
    for (const feature of features(plugin)) {
      assert.ok(
        known.includes(feature),
        `${plugin} calls something ${feature}`,
      );
    }
  }
});
