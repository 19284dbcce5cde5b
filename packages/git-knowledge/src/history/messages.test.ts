import { TRAILERS } from './messages';

describe('TRAILERS', () => {
  it.each([
    ['', []],
    [
      'Co-authored-by: Bob B. <b@x>\nco-authored-by: <c@x>\n  Co-Authored-By:Dan <d@x> ',
      [
        { role: 'co-author', name: 'Bob B.', email: 'b@x' },
        { role: 'co-author', name: '', email: 'c@x' },
        { role: 'co-author', name: 'Dan', email: 'd@x' },
      ],
    ],
    [
      'Reviewed-by: A <a@x>\nAcked-by: B <b@x>\nTested-by: C <c@x>',
      [
        { role: 'reviewer', name: 'A', email: 'a@x' },
        { role: 'reviewer', name: 'B', email: 'b@x' },
        { role: 'reviewer', name: 'C', email: 'c@x' },
      ],
    ],
    [
      'Assisted-by: Some model\nAssisted-by: Agent <agent@x>\nAssisted-by:',
      [
        { role: 'assistant', name: 'Some model', email: '' },
        { role: 'assistant', name: 'Agent', email: 'agent@x' },
      ],
    ],
    // Nobody can be told by these, or they say something else.
    [
      'Co-authored-by: Bob\nReviewed-by: bob@x\nAcked-by: <>\nTested-by: B <a b>\nCo-authored-by: <a> <b>',
      [],
    ],
    ['Signed-off-by: Bob <b@x>\nnothing at all', []],
    [`Co-authored-by: ${'x'.repeat(600)} <b@x>`, []],
  ])('reads %j', (text, roles) => {
    expect(TRAILERS.read(text)).toEqual(roles);
  });

  it('believes no commit that names hundreds of co-authors all of them', () => {
    const text = Array.from(
      { length: 900 },
      (_, one) => `Co-authored-by: P <p${one}@x>`,
    );
    expect(TRAILERS.read(text.join('\n'))).toHaveLength(20);
  });
});
