import { screen } from '@testing-library/react';
import { SYSTEMS } from '../__testUtils__/systems';
import { Prose } from './Prose';

describe.each(SYSTEMS)('Prose, %s front-end system', (_, { render }) => {
  it('shows Markdown', async () => {
    await render(
      <Prose text="It is *gone*, see [log](https://log.example)." />,
    );
    expect(screen.getByText('gone').tagName).toBe('EM');
    expect(screen.getByRole('link', { name: /^log/ })).toHaveAttribute(
      'href',
      'https://log.example',
    );
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:msgbox)',
    '<a href="javascript:alert(1)">x</a>',
    '<script>alert(1)</script>x',
    '<iframe src="https://tracker.example"></iframe>x',
    '<svg onload="alert(1)">x</svg>',
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '![x](https://tracker.example/x.png) x',
    '<img src="https://tracker.example/x.png" onerror="alert(1)"> x',
    '<form action="https://tracker.example"><button>x</button></form>',
  ])('leaves out what could run or call home in %s', async text => {
    await render(<Prose text={text} />);
    expect((await screen.findAllByText(/x/)).length).toBeGreaterThan(0);
    const html = document.body.innerHTML;
    expect(html).not.toMatch(
      /<(script|iframe|svg|form)|href="(?!https?:|mailto:)[^"]*:|src="[^"]|\son\w+=|position:fixed/i,
    );
  });
});
