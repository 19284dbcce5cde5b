import { NOW, hostFixture } from '../__testUtils__/hostFixture';

jest.setTimeout(60_000);

describe('Redelivery', () => {
  const fixture = hostFixture();
  const { options, hostWith } = fixture;

  describe('requestRedelivery', () => {
    const SINCE = '2026-03-10T10:00:00.500Z';
    const redeliver = (signal?: AbortSignal) =>
      hostWith('app').requestRedelivery?.(
        { host: 'github.com', since: SINCE },
        options(signal),
      );

    const arrived = () =>
      new Set(
        fixture.github.deliveries
          .filter(({ status_code: status }) => status === 200)
          .map(({ guid }) => guid),
      );
    const missed = (guid: string, at: number) =>
      fixture.github.addDelivery({ guid, at: new Date(at), status: 502 });

    it('asks for what never arrived since then', async () => {
      missed('too old', Date.UTC(2026, 2, 10, 9, 59, 59));
      missed('oldest', Date.UTC(2026, 2, 10, 10));
      missed('arrived later', Date.UTC(2026, 2, 10, 11));
      fixture.github.redeliver(fixture.github.deliveries[0].id);
      fixture.github.addDelivery({ guid: 'arrived', at: NOW, status: 202 });
      missed('newest', NOW.getTime());

      await expect(redeliver()).resolves.toBe(2);
      expect(
        fixture.github.deliveries
          .filter(({ redelivery }) => redelivery)
          .map(({ guid }) => guid),
      ).toEqual(['oldest', 'newest', 'arrived later']);
      await expect(redeliver()).resolves.toBe(0);
    });

    it('finds all of them however few requests it may make, each once', async () => {
      for (let index = 0; index < 230; index += 1) {
        missed(`guid-${index}`, Date.UTC(2026, 2, 10, 10, 1, index));
      }
      const host = hostWith('app');
      const ends: string[] = [];
      const call = async (since: string) => {
        let budget = 60;
        const onRequest = () => {
          budget -= 1;
          if (budget < 0) {
            throw new Error('The budget is spent');
          }
        };
        await host
          .requestRedelivery?.(
            { host: 'github.com', since },
            { ...options(), onRequest },
          )
          .then(
            () => ends.push('done'),
            error => ends.push(error.message),
          );
      };
      fixture.github.answerNext({ body: {} }, { status: 502 }, 'reset');
      for (let index = 0; !ends.includes('done') && index < 9; index += 1) {
        await call(`2026-03-10T10:00:0${index}.000Z`);
        // What is missed meanwhile is found as well.
        missed(`meanwhile-${index}`, NOW.getTime());
      }
      expect(ends).toEqual([
        expect.stringContaining('not as it documents it'),
        ...Array.from({ length: ends.length - 2 }, () => 'The budget is spent'),
        'done',
      ]);
      expect(arrived().size).toBe(230 + ends.length - 1);
      const guids = fixture.github.deliveries
        .filter(({ redelivery }) => redelivery)
        .map(({ guid }) => guid);
      expect(guids).toHaveLength(new Set(guids).size);
    });

    it('gets through more than it may look at in one call', async () => {
      missed('first of all', Date.UTC(2026, 2, 10, 10));
      for (let index = 0; index < 500; index += 1) {
        fixture.github.addDelivery({
          guid: `guid-${index}`,
          at: NOW,
          status: 202,
        });
      }
      const host = hostWith('app');
      for (let call = 0; call < 3; call += 1) {
        let budget = 4;
        await host
          .requestRedelivery?.(
            { host: 'github.com', since: SINCE },
            {
              ...options(),
              onRequest: () => {
                budget -= 1;
                if (budget < 0) {
                  throw new Error('The budget is spent');
                }
              },
            },
          )
          .catch(() => {});
      }
      expect([...arrived()]).toEqual(['first of all']);
    });

    it('leaves alone what is refused again and again', async () => {
      missed('refused', NOW.getTime());
      fixture.github.redeliveryStatus = 401;
      for (let call = 0; call < 8; call += 1) {
        await redeliver();
      }
      expect(
        fixture.github.deliveries.filter(({ redelivery }) => redelivery),
      ).toHaveLength(5);
    });

    it('goes on where GitHub has forgotten one', async () => {
      missed('forgotten', NOW.getTime());
      missed('kept', NOW.getTime());
      fixture.github.answerNext(
        { body: fixture.github.deliveries },
        { status: 404 },
      );
      await expect(redeliver()).resolves.toBe(1);
    });

    it('is not there with a token only', () => {
      expect(hostWith('token').requestRedelivery).toBeUndefined();
      expect(hostWith('app').requestRedelivery).toBeDefined();
    });
  });
});
