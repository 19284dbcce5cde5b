import fc from 'fast-check';
import { resolve, sep } from 'node:path';
import { mirrorFolder, mirroredRepository } from './mirrorFolder';

const DIRECTORY = '/srv/mirrors';
const of = (host: string, repository: string) =>
  mirrorFolder(DIRECTORY, { host, repository });

describe('mirrorFolder', () => {
  it.each([
    ['github.com', 'acme/shop', 'github.com/acme/shop.git'],
    ['GitHub.com', 'Acme/Shop', 'github.com/acme/shop.git'],
    ['gitlab.acme.example', 'a/b/c/shop', 'gitlab.acme.example/a/b/c/shop.git'],
    ['localhost:8443', 'acme/.github', 'localhost:8443/acme/.github.git'],
    ['git.sr.ht', '~ada/shop', 'git.sr.ht/~ada/shop.git'],
    ['github.com', 'acme/-u', 'github.com/acme/-u.git'],
    ['github.com', 'acme/shop.js', 'github.com/acme/shop.js.git'],
  ])('of %s and %s is %s', (host, repository, folder) => {
    expect(of(host, repository)).toBe(`${DIRECTORY}/${folder}`);
  });

  it.each([
    ['..', 'acme/shop'],
    ['.work', 'acme/shop'],
    ['-oProxyCommand=id', 'acme/shop'],
    ['a/b', 'acme/shop'],
    ['a b', 'acme/shop'],
    ['', 'acme/shop'],
    ['github.com\n', 'acme/shop'],
    ['github.com', ''],
    ['github.com', '..'],
    ['github.com', 'acme/../../etc'],
    ['github.com', './shop'],
    ['github.com', 'acme//shop'],
    ['github.com', '/etc/passwd'],
    ['github.com', 'acme/shop/'],
    ['github.com', 'acme/shop.git'],
    // It would lie in the mirror of acme/shop.
    ['github.com', 'acme/shop.git/objects'],
    ['github.com', 'acme/SHOP.GIT/objects'],
    ['github.com', 'acme\\shop'],
    ['github.com', 'acme/sh\0p'],
    ['github.com', 'acme/shop\n--upload-pack=id'],
    ['github.com', 'acme/$(id)'],
    ['github.com', `acme/${'x'.repeat(300)}`],
    ['github.com', `${'a/'.repeat(30)}b`],
  ])('is none of %j and %j', (host, repository) => {
    expect(of(host, repository)).toBeUndefined();
  });

  const part = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('.', '..', 'a.git', '.work', '.git', 'Acme', '~', '-'),
  );
  const repository = fc.record({
    host: part,
    repository: fc
      .array(part, { minLength: 1, maxLength: 4 })
      .map(parts => parts.join('/')),
  });

  it('lies below the directory, in no other mirror, and tells whose it is', () => {
    fc.assert(
      fc.property(repository, repository, (one, other) => {
        const folder = mirrorFolder(DIRECTORY, one);
        const otherFolder = mirrorFolder(DIRECTORY, other);
        if (folder === undefined) {
          return;
        }
        expect(resolve(folder)).toBe(folder);
        expect(folder.startsWith(`${DIRECTORY}${sep}`)).toBe(true);
        expect(mirroredRepository(DIRECTORY, folder)).toEqual({
          host: one.host.toLowerCase(),
          repository: one.repository.toLowerCase(),
        });
        expect(otherFolder?.startsWith(`${folder}${sep}`) ?? false).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('mirroredRepository', () => {
  it.each([
    '/srv/mirrors',
    '/srv/mirrors/github.com',
    '/srv/mirrors/github.com/acme/shop',
    '/srv/mirrors/github.com.git',
    '/srv/mirrors/.work/1-a.git',
    '/srv/mirrors/github.com/Acme/shop.git',
    '/srv/other/github.com/acme/shop.git',
    '/srv',
  ])('is none of %s', folder => {
    expect(mirroredRepository(DIRECTORY, folder)).toBeUndefined();
  });
});
