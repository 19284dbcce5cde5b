import fc from 'fast-check';
import { explanationGateSchema, explanationStateSchema } from '../../schemas';
import {
  CheckInput,
  breakGlassCommand,
  breakGlassReason,
  explanationCheck,
  supersededCheck,
} from './explanationCheck';

const input: CheckInput = {
  gate: 'blocking',
  required: true,
  because: 'Every change is explained here.',
  state: 'missing',
  known: true,
  overdue: false,
  authorsKnown: true,
};

const inputs: fc.Arbitrary<CheckInput> = fc.record(
  {
    gate: fc.constantFrom(...explanationGateSchema.options),
    required: fc.boolean(),
    because: fc.string(),
    state: fc.constantFrom(...explanationStateSchema.options),
    known: fc.boolean(),
    overdue: fc.boolean(),
    authorsKnown: fc.boolean(),
    brokenGlass: fc.record({ reason: fc.string() }),
  },
  {
    requiredKeys: [
      'gate',
      'required',
      'because',
      'state',
      'known',
      'overdue',
      'authorsKnown',
    ],
  },
);

describe('explanationCheck', () => {
  it.each<[string, Partial<CheckInput>, string]>([
    ['blocks what is missing', {}, 'failure'],
    ['blocks what waits', { state: 'submitted' }, 'failure'],
    ['blocks what is returned', { state: 'returned' }, 'failure'],
    ['passes what is accepted', { state: 'accepted' }, 'success'],
    ['claims nothing where it is advisory', { gate: 'advisory' }, 'neutral'],
    ['claims nothing where it is off', { gate: 'off' }, 'neutral'],
    [
      'claims nothing where it is off, whoever accepted it',
      { gate: 'off', state: 'accepted' },
      'neutral',
    ],
    [
      'waits until it is known that it is off',
      { gate: 'off', known: false },
      'pending',
    ],
    ['waits for what is being read', { known: false }, 'pending'],
    [
      'does not wait for ever',
      { known: false, overdue: true, gate: 'advisory' },
      'neutral',
    ],
    ['blocks what cannot be read', { known: false, overdue: true }, 'failure'],
    ['claims nothing of what nobody asks for', { required: false }, 'neutral'],
    [
      'claims nothing of what is let through',
      { brokenGlass: { reason: 'Payments are down' } },
      'neutral',
    ],
  ])('%s', (_, more, state) => {
    expect(explanationCheck({ ...input, ...more }).state).toBe(state);
  });

  it('is green only for what is accepted, on a head that is known', () => {
    fc.assert(
      fc.property(inputs, one => {
        const check = explanationCheck(one);
        const isValid = one.state === 'accepted' && one.known;
        expect(check.state !== 'success' || isValid).toBe(true);
        expect(check.state !== 'failure' || one.gate === 'blocking').toBe(true);
        expect(check.state !== 'pending' || !one.overdue).toBe(true);
      }),
    );
  });

  it('says where nobody can accept what waits', () => {
    const waiting = { ...input, state: 'submitted' } as const;
    expect(explanationCheck(waiting).title).toBe(
      'The explanation waits for a reviewer',
    );
    expect(explanationCheck({ ...waiting, authorsKnown: false })).toEqual({
      state: 'failure',
      title: expect.stringContaining('Nobody can accept it'),
    });
  });

  it('lets nothing pass on an older head', () => {
    expect(supersededCheck('success', 'blocking')?.state).toBe('failure');
    expect(supersededCheck('neutral', 'blocking')?.state).toBe('failure');
    expect(supersededCheck('pending', 'advisory')?.state).toBe('neutral');
    expect(supersededCheck('success', 'advisory')?.state).toBe('neutral');
    expect(supersededCheck('neutral', 'advisory')).toBeUndefined();
    expect(supersededCheck('failure', 'blocking')).toBeUndefined();
  });
});

describe('what breaks the glass', () => {
  it.each([
    ['/understanding break-glass Payments are down', 'Payments are down'],
    ['  /understanding  break-glass\nDown.\n', 'Down.'],
    ['/understanding break-glass', undefined],
    ['/understanding break-glassy down', undefined],
    ['See: /understanding break-glass down', undefined],
    ['/understanding genuine', undefined],
  ])('reads %j', (body, reason) => {
    expect(breakGlassCommand(body)).toBe(reason);
  });

  it.each([
    ['A fix.\n\nBreak-glass: customers cannot pay', 'customers cannot pay'],
    ['break-glass:   down  ', 'down'],
    ['Break-glass:\nlater', undefined],
    ['We need no break-glass: it is fine', undefined],
  ])('finds the reason of %j', (description, reason) => {
    expect(breakGlassReason(description)).toBe(reason);
  });
});
