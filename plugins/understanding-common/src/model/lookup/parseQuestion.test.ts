import fc from 'fast-check';
import { entityRefSchema } from '../../schemas';
import { Question, parseQuestion } from './parseQuestion';

describe('parseQuestion', () => {
  it.each([
    ['component:default/ledger', 'component:default/ledger'],
    ['Component:Default/Ledger', 'component:default/ledger'],
    ['component:ledger', 'component:default/ledger'],
    ['  api:eu/pay.v2-x_1  ', 'api:eu/pay.v2-x_1'],
    ['component:default/ledger?', 'component:default/ledger'],
  ])('reads the reference %s', (text, entityRef) => {
    expect(parseQuestion(text)).toMatchObject({ entityRef, path: undefined });
  });

  it.each([
    ['src/posting.ts', 'src/posting.ts'],
    ['src/Posting.ts:42', 'src/Posting.ts'],
    ['src/posting.ts:42:7', 'src/posting.ts'],
    ['src/posting.ts#L10-L20', 'src/posting.ts'],
    ['./src/posting.ts', 'src/posting.ts'],
    ['/src/posting.ts', 'src/posting.ts'],
    ['README.md', 'README.md'],
    ['README.md?', 'README.md'],
    ['posting.ts:42', 'posting.ts'],
    ['.github/workflows/ci.yml', '.github/workflows/ci.yml'],
    ['payments/ledger', 'payments/ledger'],
    ['docs/#intro.md', 'docs/#intro.md'],
  ])('reads the path %s', (text, path) => {
    expect(parseQuestion(text)).toMatchObject({ path, entityRef: undefined });
  });

  it.each([
    ['Who understands component:ledger?', 'component:default/ledger'],
    ['who knows  about the component:ledger', 'component:default/ledger'],
    ['Who understands', undefined],
    ['who-understands', undefined],
  ])('reads what %s asks for', (text, entityRef) => {
    expect(parseQuestion(text).entityRef).toBe(entityRef);
  });

  it.each([
    [
      'https://github.com/acme/Bank/blob/main/src/posting.ts#L42',
      'github.com',
      'acme/Bank',
      'src/posting.ts',
    ],
    [
      'https://github.com/acme/bank/blob/main/a%20b/c%23.ts?plain=1',
      'github.com',
      'acme/bank',
      'a b/c#.ts',
    ],
    [
      'https://github.com/acme/bank/tree/main/src',
      'github.com',
      'acme/bank',
      'src',
    ],
    [
      'https://github.com/acme/bank/blob/main/%E0%A4',
      'github.com',
      'acme/bank',
      '%E0%A4',
    ],
    [
      'https://github.com/acme/bank/pull/7',
      'github.com',
      'acme/bank',
      undefined,
    ],
    [
      'https://github.com/acme/bank/pull/7/files',
      'github.com',
      'acme/bank',
      undefined,
    ],
    ['https://github.com/acme/bank.git', 'github.com', 'acme/bank', undefined],
    ['https://github.com/acme/bank/', 'github.com', 'acme/bank', undefined],
    [
      'https://github.com/acme/bank/blob/main',
      'github.com',
      'acme/bank',
      undefined,
    ],
    [
      'https://GitLab.example.com:8443/a/b/c/-/blob/main/x/y.go',
      'gitlab.example.com:8443',
      'a/b/c',
      'x/y.go',
    ],
    [
      'https://gitlab.com/a/b/-/merge_requests/7',
      'gitlab.com',
      'a/b',
      undefined,
    ],
    [
      'http://gitlab.local/a/b/-/blame/main/y.go',
      'gitlab.local',
      'a/b',
      'y.go',
    ],
  ])('reads the link %s', (text, host, project, path) => {
    expect(parseQuestion(text)).toEqual({
      link: { host, project, path },
      path,
      words: [],
    });
  });

  it.each([
    ['ledger', ['ledger']],
    ['ledger?', ['ledger']],
    ['Who understands the Ledger?', ['ledger']],
    ['Who owns the Ledger?', ['who', 'owns', 'the', 'ledger']],
    ['payments,  ledger; rates', ['payments', 'ledger', 'rates']],
    ['src/a.ts and src/b.ts', ['src/a.ts', 'and', 'src/b.ts']],
    ['Łódź', ['łódź']],
    ['', []],
    [' ?,; ', []],
    ['https://', ['https://']],
  ])('reads the words of %p', (text, words) => {
    const question = parseQuestion(text);
    expect(question.words).toEqual(words);
    expect(question.entityRef).toBeUndefined();
    expect(question.link).toBeUndefined();
  });

  it.each(['.', '/', './', '//', '/#1', '/:1', '?', ':', 'a:', ':b', '::/'])(
    'finds no empty path and no half reference in %p',
    text => {
      const { path, entityRef } = parseQuestion(text);
      expect(path).not.toBe('');
      expect(entityRef).toBeUndefined();
    },
  );

  it.each([
    'mailto:ann@example.com',
    'file:///etc/passwd',
    'ssh://git@github.com/acme/bank.git',
    'https://github.com',
  ])('takes %s for no link', text => {
    expect(parseQuestion(text).link).toBeUndefined();
  });

  it('takes no reference that is too long to be one', () => {
    expect(
      parseQuestion(`component:default/${'x'.repeat(400)}`).entityRef,
    ).toBeUndefined();
  });

  it('never throws, and what it reads has its form', () => {
    const parts = fc.constantFrom(
      'https://',
      'github.com',
      '/',
      '-',
      'blob',
      'main',
      ':',
      '#L',
      '%',
      '?',
      '.',
      ' ',
      'component',
      'default',
      'Ledger',
      '42',
      '\u0000',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(parts, { maxLength: 12 }).map(all => all.join('')),
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
        ),
        text => {
          const question: Question = parseQuestion(text);
          expect(parseQuestion(text)).toEqual(question);
          entityRefSchema.optional().parse(question.entityRef);
          expect([question.entityRef, question.path]).toContain(undefined);
          expect(question.path).not.toBe('');
          expect(question.link?.project).not.toBe('');
          for (const word of question.words) {
            expect(word).toMatch(/^[^\s,;?]+$/);
            expect(word).toBe(word.toLowerCase());
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
