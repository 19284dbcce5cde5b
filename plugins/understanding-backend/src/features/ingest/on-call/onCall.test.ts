import { mockCredentials } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { component, group, user } from '../../../__testUtils__/catalog';
import { Installation, READER } from '../../../__testUtils__/Installation';
import { MigratedDatabases } from '../../../__testUtils__/MigratedDatabases';
import { loadSchedule } from './loadSchedule';
import { readCalendar } from './readCalendar';

jest.setTimeout(120_000);

const SHOP = 'component:default/shop';
const NOW = '2026-06-01T09:00:00.000Z';

const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');

/** An instant as calendars write it. */
const stamp = (instant: string) => instant.replace(/[-:]|\.\d+/g, '');

/** In short, e.g. `ann 05-30T07:00 to 05-31T07:00`. */
async function shiftsIn(...lines: string[]) {
  const { shifts, reasons } = await readCalendar(calendar(...lines), {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-07-01T00:00:00.000Z',
  });
  return [
    ...shifts.map(
      ({ email, name, startsAt, endsAt }) =>
        `${email ?? name} ${startsAt.slice(5, 16)} to ${endsAt.slice(5, 16)}`,
    ),
    ...reasons,
  ];
}

describe('calendars', () => {
  it.each<[string, string[], string[]]>([
    [
      'two people in one event, across a change of the clocks',
      event(
        'DTSTART;TZID=Europe/Berlin:20260328T090000',
        'DTEND;TZID=Europe/Berlin:20260329T090000',
        'SUMMARY:On Call',
        'ATTENDEE;CN=Ann:mailto:Ann@acme.example',
        'ATTENDEE:ben@acme.example',
        'ATTENDEE;CUTYPE=ROOM:mailto:room@acme.example',
        'ATTENDEE;PARTSTAT=DECLINED:mailto:cem@acme.example',
        'ORGANIZER:mailto:boss@acme.example',
      ),
      [
        'ann@acme.example 03-28T08:00 to 03-29T07:00',
        'ben@acme.example 03-28T08:00 to 03-29T07:00',
      ],
    ],
    [
      'a rotation, of which one is swapped and one left out',
      [
        ...event(
          'UID:1',
          'DTSTART:20260105T090000Z',
          'DURATION:P7D',
          'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3',
          'EXDATE:20260119T090000Z',
          'SUMMARY:ann',
        ),
        ...event(
          'UID:1',
          'RECURRENCE-ID:20260202T090000Z',
          'DTSTART:20260203T090000Z',
          'DURATION:P1D',
          'SUMMARY:ben',
        ),
      ],
      ['ann 01-05T09:00 to 01-12T09:00', 'ben 02-03T09:00 to 02-04T09:00'],
    ],
    [
      'a whole day where the calendar is',
      [
        'X-WR-TIMEZONE:Asia/Tokyo',
        ...event('DTSTART;VALUE=DATE:20260328', 'SUMMARY:cem@acme.example'),
      ],
      ['cem@acme.example 03-27T15:00 to 03-28T15:00'],
    ],
    [
      'a time zone of its own',
      [
        'BEGIN:VTIMEZONE',
        'TZID:Ours',
        'BEGIN:STANDARD',
        'DTSTART:19700101T000000',
        'TZOFFSETFROM:+0300',
        'TZOFFSETTO:+0300',
        'END:STANDARD',
        'END:VTIMEZONE',
        ...event(
          'DTSTART;TZID=Ours:20260328T090000',
          'DURATION:PT1H',
          'SUMMARY:x',
        ),
      ],
      ['x 03-28T06:00 to 03-28T07:00'],
    ],
    [
      'what is cancelled, and what is long ago',
      [
        ...event(
          'DTSTART:20260301T000000Z',
          'DURATION:PT1H',
          'STATUS:CANCELLED',
          'SUMMARY:x',
        ),
        ...event('DTSTART:20200301T000000Z', 'DURATION:PT1H', 'SUMMARY:x'),
      ],
      [],
    ],
    [
      'what cannot be understood, beside what can',
      [
        ...event(
          'DTSTART;TZID=Mars/Base:20260328T090000',
          'DURATION:PT1H',
          'SUMMARY:a',
        ),
        ...event('UID:b', 'DTSTART:20260401T000000Z', 'DURATION:PT1H'),
        ...event(
          'DTSTART:20260401T000000Z',
          'DTEND:20260331T000000Z',
          'SUMMARY:c',
        ),
        ...event('UID:d', 'SUMMARY:Ann'),
        ...event(
          'DTSTART:20200101T000000Z',
          'DURATION:PT1S',
          'RRULE:FREQ=SECONDLY',
          'SUMMARY:e',
        ),
        ...event('DTSTART:20260401T000000Z', 'DURATION:PT1H', 'SUMMARY:f'),
      ],
      [
        'f 04-01T00:00 to 04-01T01:00',
        'The event that begins 2026-03-28T09:00:00 names the time zone Mars/Base, which nobody knows',
        'The event that begins 2026-04-01T00:00:00Z names nobody',
        'The event that begins 2026-04-01T00:00:00Z ends before it begins',
        'The event with the UID d has no beginning',
        'The event that begins 2020-01-01T00:00:00Z repeats more than 20000 times up to now: let it begin later',
      ],
    ],
    [
      'what can be read beside events that are written wrong',
      [
        ...event('UID:a', 'DTSTART:tomorrow', 'DURATION:PT1H', 'SUMMARY:a'),
        ...event('UID:b', 'DTSTART:20260401T000000Z', 'RRULE:FREQ=NEVER'),
        ...event('UID:c', 'Ann and Ben as long as it takes'),
        ...event('DTSTART:20260401T000000Z', 'DURATION:PT1H', 'SUMMARY:d'),
      ],
      [
        'd 04-01T00:00 to 04-01T01:00',
        'The event with the UID b is not written as events of calendars are',
        'The event with the UID c is not written as events of calendars are',
        'The event with the UID a is not written as events of calendars are',
      ],
    ],
  ])('tell %s', async (_, lines, expected) => {
    await expect(shiftsIn(...lines)).resolves.toEqual(expected);
  });

  it.each([
    ['nothing', '', /no calendar that can be read: it holds no calendar/],
    ['something else', '{"shifts": []}', /no calendar that can be read/],
    [
      'half of one',
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026',
      /no calendar that can be read/,
    ],
    [
      'a rule that no day fulfils',
      calendar(
        ...event(
          'DTSTART:20260101T000000Z',
          'DURATION:PT1H',
          'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
          'SUMMARY:x',
        ),
      ),
      /takes more than 1 seconds: .* no day fulfils/,
    ],
  ])('of %s are refused with the reason', async (_, text, message) => {
    await expect(
      readCalendar(text, { from: NOW, to: NOW }, { seconds: 1 }),
    ).rejects.toThrow(message);
  });
});

describe('who is on call', () => {
  const databases = MigratedDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  it.each(databases.eachSupportedId())(
    'is told, and what was served counts, on %s',
    async id => {
      const knex = await databases.init(id);
      const installation = Installation.create(knex);
      const file = join(installation.root, 'on-call.ics');
      installation.config = {
        onCall: {
          schedules: { primary: { file, covers: ['group:default/payments'] } },
        },
      };
      installation.repository('shop').commit({
        by: 'zoe',
        at: installation.daysAgo(9),
        write: { 'pay.ts': 'x\n' },
      });
      const catalog = (...members: string[]) =>
        installation.catalogHolds(
          component('shop', {
            owner: 'payments',
            annotations: installation.sourceIn('shop'),
          }),
          component('other', { owner: 'others' }),
          group('payments', { members }),
          ...members.map(name => user(name)),
        );
      const shift = (who: string, from: number, to: number) =>
        event(
          `DTSTART:${stamp(installation.daysAgo(-from))}`,
          `DTEND:${stamp(installation.daysAgo(-to))}`,
          who.includes('@') ? `ATTENDEE:mailto:${who}` : `SUMMARY:${who}`,
        );
      const write = (...shifts: string[][]) =>
        writeFileSync(file, calendar(...shifts.flat()));
      const told = async (query = 'shop') => {
        const [{ entityRef, onCall }] = (await installation.ask(query)).answers;
        // The page of the entity tells the same.
        await expect(
          installation.understanding(entityRef),
        ).resolves.toMatchObject(onCall ? { onCall } : {});
        return onCall?.map(
          ({ problem, shifts }) =>
            `${problem ?? 'ok'}: ${shifts
              .map(
                ({ person, until }) =>
                  `${person?.displayName ?? '-'} ${
                    person?.status ?? '-'
                  } ${until}`,
              )
              .join(', ')}`,
        );
      };
      const people = async () =>
        ((await installation.understanding(SHOP)).people ?? []).map(
          one =>
            `${one.displayName} ${one.understands}: ${one.evidence
              .map(
                ({ kind, count, verified }) => `${kind} ${count} ${verified}`,
              )
              .join(', ')}`,
        );
      const tomorrow = installation.daysAgo(-1);
      const later = installation.daysAgo(-2);

      write(
        shift('ann@acme.example', -3, -2),
        shift('ann@acme.example', -2, -1),
        shift('ben', -1, 1),
        shift('On Call - Somebody', 0, 2),
        ...['ann', 'ben', 'ben', 'ben', 'ben', 'ben', 'ben'].map(who =>
          shift(who, 2, 1),
        ),
      );
      await catalog('ann', 'ben');
      await expect(told()).resolves.toEqual([
        `ok: Ben active ${tomorrow}, On Call - Somebody not-in-catalog ${later}`,
      ]);
      await expect(told('other')).resolves.toBeUndefined();
      // What is left out is told to admins, and names nobody.
      const leftOut = `The event that begins ${later.replace(
        '.000',
        '',
      )} ends before it begins`;
      await expect(installation.ingest()).resolves.toMatchObject({
        schedules: [
          {
            schedule: 'primary',
            readAt: expect.any(String),
            notices: [...Array(5).fill(leftOut), '2 more events are left out'],
          },
        ],
      });
      // A shift alone is not understanding, and is only claimed.
      await expect(people()).resolves.toEqual([
        'Ann false: operated 2 false',
        expect.stringContaining('Zoe'),
      ]);

      // It becomes evidence when it ends; the past of a calendar may be forgotten.
      write(shift('ben', -1, 1), shift('ann@acme.example', 1, 3));
      await installation.daysPass(1);
      await expect(people()).resolves.toEqual([
        'Ben false: operated 1 false',
        'Ann false: operated 2 false',
        expect.stringContaining('Zoe'),
      ]);
      const { evidence } = await installation
        .ledger()
        .aboutMe.get(mockCredentials.user('user:default/ben'));
      expect(evidence).toMatchObject([{ kind: 'operated', source: 'on-call' }]);

      // What was read last holds on, and says so.
      rmSync(file);
      await installation.minutesPass(15);
      await expect(told()).resolves.toEqual([
        `It is not where the configuration says: Ann active ${installation.daysAgo(
          -2 + 15 / (24 * 60),
        )}`,
      ]);
      await expect(people()).resolves.toHaveLength(3);
      await expect(installation.ingest()).resolves.toMatchObject({
        schedules: [{ problem: 'It is not where the configuration says' }],
      });

      installation.config = {
        ...installation.config,
        people: { names: false },
      };
      await expect(told()).resolves.toEqual([
        expect.stringContaining(': - - 2026-06-04'),
      ]);
      installation.config = { onCall: installation.config.onCall };

      // Who is erased does not come back with the next reading.
      write(shift('ann', -9, -8), shift('ann@acme.example', 0, 2));
      await catalog('ben');
      await installation.ledger().erasures.erase('user:default/ann', READER);
      await installation.settle();
      await installation.minutesPass(15);
      await expect(told()).resolves.toEqual(['ok: ']);
      await expect(
        knex('on_call_shifts').pluck('display_name'),
      ).resolves.toEqual(['ben']);

      // Without the schedule, nothing is left of it.
      installation.config = {};
      await catalog('ben');
      await expect(people()).resolves.toEqual([expect.stringContaining('Zoe')]);
      await expect(knex('on_call_shifts')).resolves.toEqual([]);
      installation.dispose();
    },
  );

  it.each<[string, () => Promise<Buffer>, string]>([
    [
      'one that is too large',
      async () => Buffer.alloc(10 * 1024 * 1024),
      'It has more than 5 MB: export less of the past',
    ],
    [
      'one that is gone',
      async () => {
        throw new NotFoundError('https://x.example/secret was not found');
      },
      'It is not where the configuration says',
    ],
    [
      'one that cannot be had',
      async () => {
        throw new Error('https://x.example/secret: connect ECONNREFUSED');
      },
      'It cannot be fetched',
    ],
  ])('is told of %s, without its address', async (_, buffer, message) => {
    const urlReader = {
      readUrl: async () => ({ buffer }),
      readTree: jest.fn(),
      search: jest.fn(),
    };
    await expect(
      loadSchedule(
        { url: 'https://x.example/secret' },
        urlReader,
        new AbortController().signal,
      ),
    ).rejects.toThrow(new RegExp(`^${message}$`));
  });
});
