import { draftKeySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { DraftOf, draftKey, readDraftKey } from './drafts';

describe('the key of a draft', () => {
  it.each<DraftOf>([
    { type: 'explanation', id: '7f0c' },
    { type: 'entities', entityRefs: [] },
    { type: 'entities', entityRefs: ['component:default/a', 'api:default/b'] },
    { type: 'walkthrough', entityRef: 'component:default/a' },
  ])('tells what it is of: %j', of => {
    expect(readDraftKey(draftKey(of))).toEqual(of);
  });

  it('is taken however many entities it is of', () => {
    const entityRefs = Array.from({ length: 200 }, (_, n) => `api:x/${n}`);
    const key = draftKey({ type: 'entities', entityRefs });
    expect(draftKeySchema.parse(key)).toBe(key);
    expect(readDraftKey('of something that was')).toBeUndefined();
  });
});
