import { failureModeContent } from '../__testUtils__/builders';
import { differencesBetween } from './differences';
import { failureModeInWords } from './inWords';

describe('differencesBetween', () => {
  it('tells in words what changed, field by field', () => {
    const before = failureModeContent({
      mitigation: 'A switch.',
      evidence: [{ url: 'https://a.example', title: 'Log' }],
    });
    const after = failureModeContent({
      title: 'The ledger is gone',
      mitigation: undefined,
      evidence: [{ url: 'https://a.example', title: 'Log of May' }],
      observations: { ...before.observations, customerVisible: true },
    });
    expect(
      differencesBetween(failureModeInWords(before), failureModeInWords(after)),
    ).toEqual([
      {
        field: 'title',
        before: 'The ledger is down',
        after: 'The ledger is gone',
      },
      { field: 'mitigation', before: 'A switch.', after: undefined },
      {
        field: 'observations',
        before: 'none of them',
        after: 'customers see it',
      },
      {
        field: 'evidence',
        before: 'Log (https://a.example)',
        after: 'Log of May (https://a.example)',
      },
    ]);
    expect(
      differencesBetween(
        failureModeInWords(before),
        failureModeInWords(before),
      ),
    ).toEqual([]);
  });

  it('has all of a first version', () => {
    expect(
      differencesBetween(
        undefined,
        failureModeInWords(failureModeContent()),
      ).map(one => `${one.field}: ${one.after}`),
    ).toEqual([
      'title: The ledger is down',
      'edge: dependsOn component:default/ledger',
      'condition: down',
      'plane: data',
      'cause: It restarts.',
      'localEffect: Orders wait.',
      'endEffect: Customers pay later.',
      'observations: none of them',
    ]);
  });
});
