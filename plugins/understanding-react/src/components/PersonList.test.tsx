import {
  PersonUnderstanding,
  personUnderstandingSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SYSTEMS } from '../__testUtils__/systems';
import { PersonList } from './PersonList';

function person(part: Partial<PersonUnderstanding>): PersonUnderstanding {
  return personUnderstandingSchema.parse({
    personRef: 'user:default/ann',
    displayName: 'Ann Berg',
    status: 'active',
    active: true,
    understands: true,
    evidence: [],
    ...part,
  });
}

const stranger = person({
  personRef: undefined,
  displayName: 'dora',
  status: 'not-in-catalog',
  active: false,
});

describe.each(SYSTEMS)('PersonList, %s front-end system', (_, { render }) => {
  it.each([
    ['somebody active', {}, 'Ann Berg'],
    [
      'somebody who left',
      { status: 'left', active: false },
      'Ann Berg (has left)',
    ],
    ['a name that nobody claims', stranger, 'dora (not in the catalog)'],
    [
      'a name that several Users claim',
      { ...stranger, status: 'several-users' },
      'dora (claimed by several Users)',
    ],
    [
      'who no longer knows it',
      { correction: { type: 'no-longer', at: '2026-02-10T12:00:00.000Z' } },
      'Ann Berg (says that they no longer know it, since Feb 10, 2026)',
    ],
    [
      'who knows it from elsewhere',
      {
        correction: {
          type: 'from-elsewhere',
          at: '2026-02-10T12:00:00.000Z',
          until: '2026-06-01T12:00:00.000Z',
          note: 'Built the same before.',
        },
      },
      'Ann Berg (says that they know it from elsewhere, until Jun 1, 2026: “Built the same before.”)',
    ],
  ] as const)('shows %s', async (_case, part, text) => {
    await render(<PersonList people={[person(part)]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent(text);
  });

  it('shows whom one would ask first, and the others when asked for', async () => {
    const people = Array.from({ length: 12 }, (_none, index) =>
      index === 10 ? stranger : person({ personRef: `user:default/p${index}` }),
    );
    await render(<PersonList people={people} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(10);
    const more = screen.getByRole('button', {
      name: 'Show 2 more, 1 of them active',
    });
    expect(more).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(more);
    expect(screen.getAllByRole('listitem')).toHaveLength(12);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the first 10 only' }),
    );
    expect(screen.getAllByRole('listitem')).toHaveLength(10);
  });

  it.each([
    [1, '1 other person has left evidence of it.'],
    [24, '24 others have left evidence of it.'],
  ])('says that there are %s more', async (more, text) => {
    await render(<PersonList people={[person({})]} more={more} />);
    expect(screen.getByText(text)).toBeVisible();
  });

  it('links those whom the catalog has', async () => {
    await render(<PersonList people={[person({}), stranger]} />);
    expect(screen.getByRole('link')).toHaveAccessibleName('Ann Berg');
    expect(screen.getByRole('link')).toHaveAttribute(
      'href',
      '/inventory/default/user/ann',
    );
  });

  it('shows evidence: its kind, its date, how fresh it is, and who says so', async () => {
    const evidence = [
      {
        kind: 'authored',
        freshness: 'fading',
        latestAt: '2025-08-05T12:00:00.000Z',
        count: 4,
        verified: false,
      },
      {
        kind: 'reviewed',
        freshness: 'fresh',
        latestAt: '2026-02-10T12:00:00.000Z',
        count: 1,
        url: 'https://git.example.com/reviews',
        verified: true,
      },
    ] as const;
    await render(<PersonList people={[person({ evidence: [...evidence] })]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent(
      'Ann Bergauthored, last on Aug 5, 2025 fadingnot verifiedreviewed, last on Feb 10, 2026 fresh',
    );
    expect(screen.getByRole('link', { name: 'reviewed' })).toHaveAttribute(
      'href',
      'https://git.example.com/reviews',
    );
    expect(screen.getByText('not verified')).toHaveAttribute(
      'title',
      'Only the metadata of commits says so, which nobody authenticates',
    );
  });

  it('keeps the order, and people of the same name apart', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation();
    const zoe = person({ personRef: 'user:default/zoe', displayName: 'Zoe' });
    await render(<PersonList people={[zoe, stranger, person({}), stranger]} />);
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      'Zoe',
      'dora (not in the catalog)',
      'Ann Berg',
      'dora (not in the catalog)',
    ]);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });

  it('tells how to reach somebody, and what time it is there', async () => {
    const ann = {
      ...person({}),
      reach: {
        teams: [{ ref: 'group:default/payments', title: 'Payments' }],
        chat: 'U012AB3CD',
        timeZone: 'Asia/Kolkata',
      },
    };
    await render(<PersonList people={[ann]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent(
      /^Ann BergPayments, chat: U012AB3CD, \w{3} \d\d:\d\d there \(Asia\/Kolkata\)$/,
    );
    expect(screen.getByRole('link', { name: 'Payments' })).toHaveAttribute(
      'href',
      '/inventory/default/group/payments',
    );
  });

  it('shows long names whole', async () => {
    const displayName = `Ann ${'van '.repeat(60)}Berg`;
    await render(<PersonList people={[person({ displayName })]} />);
    expect(screen.getByRole('link', { name: displayName })).toBeVisible();
  });

  it('tells one kind twice where commits claim it and a host vouches for it', async () => {
    const authored = {
      kind: 'authored',
      freshness: 'fresh',
      count: 1,
      latestAt: '2026-05-12T09:00:00.000Z',
    } as const;
    await render(
      <PersonList
        people={[
          person({
            evidence: [
              { ...authored, verified: true, url: 'https://x.example/pull/1' },
              {
                ...authored,
                verified: false,
                url: 'https://x.example/commit/a',
              },
            ],
          }),
        ]}
      />,
    );
    expect(screen.getAllByRole('link', { name: 'authored' })).toHaveLength(2);
    expect(screen.getAllByText('not verified')).toHaveLength(1);
  });
});
