import { screen, within } from '@testing-library/react';
import { StandInBackend, SYSTEMS, setupUser } from '../../__testUtils__';

const ref = (name: string) => `component:default/${name}`;
const NOTHING = {
  entities: 0,
  edges: 0,
  cycles: [],
  singlePoints: [],
  hotSpots: [],
  truncated: false,
};

describe.each(SYSTEMS)(
  'the structure of dependencies in the %s front-end system',
  (_, system) => {
    let backend: StandInBackend;

    beforeEach(() => {
      backend = StandInBackend.start();
      backend.others.set('/graph/structure', {
        ...NOTHING,
        entities: 90,
        edges: 200,
        hotSpots: Array.from({ length: 30 }, (_none, index) => ({
          entityRef: ref(`a-service-with-quite-a-long-name-${index}`),
          dependants: 60 - index,
        })),
        cycles: [[ref('shop'), ref('cart'), ref('mail')]],
      });
    });

    it('lists what it found, a page at a time, and says what there is none of', async () => {
      await system.renderPage('/structure');
      expect(
        await screen.findByText(
          'Among 90 entities and 200 dependencies that you may see.',
        ),
      ).toBeVisible();
      const hot = within(screen.getByRole('region', { name: 'Hot spots' }));
      expect(hot.getAllByRole('row')).toHaveLength(21);
      expect(hot.getAllByRole('row')[1]).toHaveTextContent(
        'a-service-with-quite-a-long-name-060',
      );
      expect(
        screen.getByRole('region', { name: 'Single points of failure' }),
      ).toHaveTextContent('There is none.');
      const circle = within(
        screen.getByRole('region', { name: 'Circles' }),
      ).getAllByRole('row')[1];
      expect(circle).toHaveTextContent('shop, cart, mail3');
    });

    it('says where nothing is known', async () => {
      backend.others.set('/graph/structure', NOTHING);
      await system.renderPage('/structure');
      expect(
        await screen.findByText(/No dependency is known that you may see/),
      ).toBeVisible();
    });

    it('says what permission is missing', async () => {
      backend.refuse(
        '/graph/structure',
        403,
        'You lack the permission understanding.entity.read.',
      );
      await system.renderPage('/structure');
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'You may not see thisYou lack the permission understanding.entity.read.',
      );
    });

    it('says what failed, and tries again when asked', async () => {
      backend.refuse('/graph/structure', 503, 'Not now.');
      await system.renderPage('/structure');
      expect(await screen.findByRole('alert')).toHaveTextContent('Not now.');
      backend.recover('/graph/structure');
      await setupUser().click(
        screen.getByRole('button', { name: 'Try again' }),
      );
      expect(
        await screen.findByRole('region', { name: 'Circles' }),
      ).toBeVisible();
    });

    it('is reached from the overview', async () => {
      await system.renderPage();
      await setupUser().click(
        await screen.findByRole('link', { name: 'Structure of dependencies' }),
      );
      expect(
        await screen.findByRole('region', { name: 'Hot spots' }),
      ).toBeVisible();
    });

    it('shows that it waits', async () => {
      const release = backend.hold('/graph/structure');
      await system.renderPage('/structure');
      expect(
        await screen.findByRole('status', { name: 'Loading' }),
      ).toBeVisible();
      release();
      expect(
        await screen.findByRole('region', { name: 'Hot spots' }),
      ).toBeVisible();
    });
  },
);
