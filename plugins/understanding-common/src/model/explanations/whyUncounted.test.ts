import { whyUncounted } from './whyUncounted';

const press = {
  login: 'bob',
  bot: false,
  result: 'genuine',
  hadPart: false,
  mayReview: true,
  sameText: true,
  sameCode: true,
} as const;

describe('whyUncounted', () => {
  it.each([
    [{ bot: true }, 'is a bot'],
    [{ hadPart: true }, 'somebody else has to assess it'],
    [{ mayReview: false }, 'may not review'],
    [{ sameText: false }, 'edited since; look at it again'],
    [{ sameCode: false }, 'an older head; look at it again'],
  ])('says why %j does not count', (more, words) => {
    expect(whyUncounted({ ...press, ...more })).toMatch(words);
  });

  it.each([{}, { mayReview: undefined }])('says nothing of %j', more => {
    expect(whyUncounted({ ...press, ...more })).toBeUndefined();
  });
});
