import { act, screen } from '@testing-library/react';
import {
  StandInBackend,
  SYSTEMS,
  setupUser,
  summary,
} from '../../__testUtils__';

function titles() {
  return screen.getAllByRole('rowheader').map(cell => cell.textContent);
}

function numbered(from: number, to: number) {
  return Array.from(
    { length: to - from + 1 },
    (_, index) => `service-${String(from + index).padStart(3, '0')}`,
  );
}

function button(name: string) {
  return screen.getByRole('button', { name });
}

describe.each(SYSTEMS)('300 rows in the %s front-end system', (_, system) => {
  let backend: StandInBackend;

  beforeEach(() => {
    backend = StandInBackend.start();
    backend.entities = numbered(1, 300).map(name => summary(name));
  });

  it('are shown by pages, each asked for with the cursor of the one before', async () => {
    const user = setupUser();
    await system.renderPage();
    await screen.findByText('300 items');
    expect(titles()).toEqual(numbered(1, 20));
    expect(button('Previous table page')).toBeDisabled();

    await user.click(button('Next table page'));
    await screen.findByText('service-021');
    expect(titles()).toEqual(numbered(21, 40));

    await user.click(button('Previous table page'));
    await screen.findByText('service-001');
    expect(backend.queries('/entities').map(query => query.cursor)).toEqual([
      undefined,
      '20',
    ]);
  });

  it('are all reached, a hundred at a time', async () => {
    const user = setupUser();
    await system.renderPage();
    await screen.findByText('300 items');
    await user.click(
      screen.getByRole('button', { name: /Select table page size/ }),
    );
    await user.click(
      await screen.findByRole('option', { name: 'Show 100 results' }),
    );
    await screen.findByText('service-100');
    await user.click(button('Next table page'));
    await screen.findByText('service-200');
    await user.click(button('Next table page'));
    await screen.findByText('service-300');
    expect(titles()).toEqual(numbered(201, 300));
    expect(button('Next table page')).toBeDisabled();
    expect(
      backend.queries('/entities').map(({ limit, cursor }) => [limit, cursor]),
    ).toEqual([
      ['20', undefined],
      ['100', undefined],
      ['100', '100'],
      ['100', '200'],
    ]);
  });

  it('begin anew when a filter changes', async () => {
    const user = setupUser();
    await system.renderPage();
    await screen.findByText('300 items');
    await user.click(button('Next table page'));
    await screen.findByText('service-021');
    await user.type(
      screen.getByRole('searchbox', { name: 'Filter by words' }),
      '29',
    );
    await screen.findByText('13 items');
    expect(titles()[0]).toBe('service-029');
  });

  it('stay on their page while some of it is pending', async () => {
    backend.entities[30] = summary('service-031', { pending: true });
    const user = setupUser();
    await system.renderPage();
    await screen.findByText('300 items');
    await user.click(button('Next table page'));
    await screen.findByText('service-021');
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(titles()).toEqual(numbered(21, 40));
    expect(button('Previous table page')).toBeEnabled();
  });
});
