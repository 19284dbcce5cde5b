import { assessmentCommand } from './assessmentCommand';

describe('assessmentCommand', () => {
  it.each([
    ['/understanding genuine', { result: 'genuine' }],
    ['  /understanding  SURFACE\r\n', { result: 'surface' }],
    [
      '/understanding not-assessable no diff\n\nsee above',
      { result: 'not-assessable', note: 'no diff\n\nsee above' },
    ],
    ['/understanding genuinely', undefined],
    ['/understanding', undefined],
    ['/understanding\ngenuine', undefined],
    ['I say /understanding genuine', undefined],
    ['> /understanding genuine', undefined],
    ['', undefined],
  ])('of %j is %j', (body, expected) => {
    expect(assessmentCommand(body)).toEqual(expected);
  });
});
