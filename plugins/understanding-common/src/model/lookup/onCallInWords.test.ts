import { onCallInWords } from './onCallInWords';

const READ = '2026-06-01T08:55:30.000Z';
const until = '2026-06-01T18:00:00.000Z';
const ann = {
  personRef: 'user:default/ann',
  displayName: 'Ann',
  status: 'active' as const,
};

describe('onCallInWords', () => {
  it('says who is on call and until when, by each schedule', () => {
    expect(
      onCallInWords([
        { schedule: 'primary', readAt: READ, shifts: [{ until, person: ann }] },
        { schedule: 'second', readAt: READ, shifts: [{ until }, { until }] },
        { schedule: 'third', readAt: READ, shifts: [] },
      ]),
    ).toEqual([
      'On call now by primary: Ann, until 2026-06-01 18:00 UTC',
      'On call now by second: somebody, until 2026-06-01 18:00 UTC; somebody, until 2026-06-01 18:00 UTC',
      'On call now by third: nobody that it tells of',
    ]);
  });

  it('says how old it is where the schedule cannot be read', () => {
    const problem = 'It cannot be fetched';
    expect(
      onCallInWords([
        { schedule: 'a', readAt: READ, problem, shifts: [{ until }] },
        { schedule: 'b', problem, shifts: [] },
        { schedule: 'c', shifts: [] },
      ]),
    ).toEqual([
      'On call now by a: somebody, until 2026-06-01 18:00 UTC (as of 2026-06-01 08:55 UTC: the schedule cannot be read. It cannot be fetched)',
      'On call now by b: not known yet (the schedule cannot be read. It cannot be fetched)',
      'On call now by c: not known yet',
    ]);
  });
});
