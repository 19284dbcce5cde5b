import { kindOfFile, readOverrides } from './countedFiles';

describe('kindOfFile', () => {
  it.each([
    ['source', 'src/index.ts'],
    ['source', 'Makefile'],
    ['source', 'src/a b\n"c".ts'],
    ['source', 'migrations/2024.sql'],
    ['source', 'config/app.yaml'],
    ['documentation', 'README.md'],
    ['documentation', 'docs/adr/0001-one.md'],
    ['documentation', 'src/notes.txt'],
    ['documentation', 'guide.adoc'],
    ['documentation', 'docs/diagram.py'],
    ['documentation', 'LICENSE'],
    ['left-out', 'node_modules/x/index.js'],
    ['left-out', 'vendor/x.go'],
    ['left-out', 'yarn.lock'],
    ['left-out', 'sub/package-lock.json'],
    ['left-out', 'go.sum'],
    ['left-out', 'lib/app.min.js'],
    ['left-out', 'api/service.pb.go'],
    ['left-out', 'api/service_pb2.py'],
    ['left-out', 'src/__generated__/types.ts'],
    ['left-out', 'src/a.test.ts.snap'],
    ['left-out', 'logo.PNG'],
    ['left-out', 'archive.tar.gz'],
  ])('is %s for %s', (kind, path) => {
    expect(kindOfFile(path)).toBe(kind);
  });
});

describe('readOverrides', () => {
  it.each([
    ['*.ts linguist-generated', 'src/a.ts', 'left-out'],
    ['*.ts linguist-generated=true', 'a.ts', 'left-out'],
    ['*.ts linguist-vendored', 'a.ts', 'left-out'],
    ['/a.ts linguist-generated', 'a.ts', 'left-out'],
    ['/a.ts linguist-generated', 'src/a.ts', 'source'],
    ['src/*.ts linguist-generated', 'src/a.ts', 'left-out'],
    ['src/*.ts linguist-generated', 'src/x/a.ts', 'source'],
    ['src/** linguist-generated', 'src/x/.a.ts', 'left-out'],
    ['spec/** linguist-documentation', 'spec/a.ts', 'documentation'],
    ['docs/** -linguist-documentation', 'docs/a.py', 'source'],
    ['vendor/** linguist-vendored=false', 'vendor/a.go', 'source'],
    ['*.lock -linguist-generated', 'yarn.lock', 'source'],
    // A later line overrides, and so does a later attribute.
    ['*.ts linguist-generated\na.ts -linguist-generated', 'a.ts', 'source'],
    ['*.ts linguist-generated -linguist-generated', 'a.ts', 'source'],
    ['*.ts text eol=lf\r\n*.js linguist-vendored\r\n', 'a.js', 'left-out'],
    // Nothing is said about linguist.
    ['*.ts text', 'a.ts', 'source'],
    ['# *.ts linguist-generated', 'a.ts', 'source'],
    ['[attr]x linguist-generated', 'a.ts', 'source'],
    ['*.ts linguist-language=Go', 'a.ts', 'source'],
    // What git would not take for a pattern either.
    ['+(+(a)).ts linguist-generated', 'aaa.ts', 'source'],
    ['{a,b}.ts linguist-generated', 'a.ts', 'source'],
    ['/ linguist-generated', 'a.ts', 'source'],
    ['[ linguist-generated', 'a.ts', 'source'],
  ])('%j makes %s %s', (gitattributes, path, kind) => {
    expect(
      kindOfFile(path, readOverrides(new Map([['', gitattributes]]))),
    ).toBe(kind);
  });

  it('reads on after a pattern that is too long', () => {
    const overrides = readOverrides(
      new Map([
        [
          '',
          `${'a'.repeat(100_000)} linguist-generated\n*.ts linguist-generated`,
        ],
      ]),
    );
    expect(kindOfFile('a.ts', overrides)).toBe('left-out');
  });

  it('lets those that lie deeper override', () => {
    const overrides = readOverrides(
      new Map([
        ['', '*.ts linguist-generated'],
        [
          'src/api',
          'client.ts -linguist-generated\n/sub/*.js linguist-vendored',
        ],
        ['src', '*.ts linguist-documentation'],
      ]),
    );
    expect(kindOfFile('a.ts', overrides)).toBe('left-out');
    expect(kindOfFile('src/a.ts', overrides)).toBe('documentation');
    expect(kindOfFile('src/api/a.ts', overrides)).toBe('documentation');
    expect(kindOfFile('src/api/client.ts', overrides)).toBe('source');
    expect(kindOfFile('src/api/sub/a.js', overrides)).toBe('left-out');
    expect(kindOfFile('sub/a.js', overrides)).toBe('source');
    expect(kindOfFile('src/apis/client.ts', overrides)).toBe('documentation');
  });
});
