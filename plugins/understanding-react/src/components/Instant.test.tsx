import { render, screen } from '@testing-library/react';
import { Instant } from './Instant';

describe('Instant', () => {
  it.each([
    [
      '2026-03-01T12:00:00.000Z',
      'Mar 1, 2026',
      /^March 1, 2026.*12:00\sPM UTC$/,
    ],
    [
      '2024-02-29T23:59:59Z',
      'Feb 29, 2024',
      /^February 29, 2024.*11:59\sPM UTC$/,
    ],
  ])('shows %s as a date, and exactly on hovering', (at, date, exact) => {
    render(<Instant at={at} />);
    const time = screen.getByText(date);
    expect(time).toHaveAttribute('dateTime', at);
    expect(time.title).toMatch(exact);
  });

  it('shows the minute where it matters', () => {
    render(<Instant at="2026-03-01T12:05:30.000Z" time />);
    expect(screen.getByText(/^Mar 1, 2026, 12:05\sPM$/)).toBeVisible();
  });
});
