import { fetchError } from './fetchError';

const SECRET = 'c4n4ry';

/** What git 2.39 says; what can be had from a real host is in fetchMirror.test.ts. */
describe('fetchError', () => {
  it.each([
    ['fatal: write error: No space left on device', 'no-room'],
    [
      'fatal: Out of memory, malloc failed (tried to allocate 9 bytes)',
      'too-large',
    ],
    ['fatal: mmap failed: Cannot allocate memory', 'too-large'],
    [
      `error: object ${'a'.repeat(
        40,
      )}: gitmodulesUrl: disallowed submodule url: ${SECRET}\nfatal: fsck error in packed object`,
      'malformed',
    ],
    [
      `fatal: unable to access 'https://git.acme.example/': Could not resolve host: ${SECRET}`,
      'unavailable',
    ],
    [
      "fatal: unable to access 'https://git.acme.example/': SSL certificate problem: self signed certificate",
      'unavailable',
    ],
    [
      'error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nfatal: early EOF',
      'unavailable',
    ],
    [
      `fatal: protocol error: bad line length character: ${SECRET}`,
      'unavailable',
    ],
    ['fatal: mismatched algorithms: client sha1; server sha256', 'failed'],
    [`fatal: ${SECRET}`, 'failed'],
    ['', 'failed'],
  ])('takes %j for %s, and repeats nothing of it', (errors, code) => {
    const error = fetchError('acme/shop', { code: 128, stdout: '', errors });
    expect(error.code).toBe(code);
    expect(error.message).toContain('acme/shop');
    expect(error.message).not.toContain(SECRET);
  });

  it('names what is wrong with an object, by the word that git has for it', () => {
    const errors = `error: object ${'a'.repeat(
      40,
    )}: hasDotgit: contains '.git'`;
    expect(
      fetchError('acme/shop', { code: 128, stdout: '', errors }).message,
    ).toContain('(hasDotgit)');
  });
});
