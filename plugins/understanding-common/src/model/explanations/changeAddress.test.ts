import { changeAddress } from './changeAddress';

describe('changeAddress', () => {
  it.each([
    ['https://github.com/Acme/Shop/pull/7', 'github.com', 'acme/shop', 7],
    [
      'https://github.com/acme/shop/pull/7/files#d',
      'github.com',
      'acme/shop',
      7,
    ],
    [
      ' https://gitlab.acme.example:8443/a/b/c/-/merge_requests/12 ',
      'gitlab.acme.example:8443',
      'a/b/c',
      12,
    ],
  ])('reads %s', (url, host, repository, number) => {
    expect(changeAddress(url)).toEqual({ host, repository, number });
  });

  it.each([
    '',
    'acme/shop#7',
    'https://github.com/acme/shop',
    'https://github.com/acme/shop/pull/0',
    'https://github.com/acme/shop/pull/7a',
    'https://github.com/acme/shop/issues/7',
    'ftp://github.com/acme/shop/pull/7',
    `https://github.com/${'a'.repeat(3000)}/pull/7`,
  ])('does not take %s for one', url => {
    expect(changeAddress(url)).toBeUndefined();
  });
});
