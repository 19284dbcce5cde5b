import { alertText } from './alertText';
import { AlertMessage } from './planAlerts';

const message: AlertMessage = {
  transition: 'opened',
  rule: 'stale-docs',
  ruleTitle: 'Stale documentation',
  severity: 'high',
  entityRef: 'component:default/ledger',
  entityTitle: 'Ledger',
  example: false,
  teamRef: 'group:default/payments',
  reasons: [{ message: 'One is gone' }, { message: 'Another is gone' }],
  repair: { message: 'Correct it.' },
  path: '/catalog/default/component/ledger/understanding',
};

describe('alertText', () => {
  it('says what was found, why, and how to repair it', () => {
    expect(alertText(message)).toEqual({
      title: 'Stale documentation: Ledger',
      description: 'One is gone\nAnother is gone\nCorrect it.',
    });
  });

  it('says that a finding no longer holds', () => {
    expect(alertText({ ...message, transition: 'resolved' })).toEqual({
      title: 'Resolved: stale documentation of Ledger',
      description: 'The finding no longer holds.',
    });
  });

  it('marks examples as such', () => {
    expect(alertText({ ...message, example: true }).title).toBe(
      'Stale documentation: [Example] Ledger',
    );
    expect(
      alertText({ ...message, example: true, transition: 'resolved' }).title,
    ).toBe('Resolved: stale documentation of [Example] Ledger');
  });
});
