import { expect, expectAccessible, inTheme, picture, test } from './fixtures';

test('who understands the one-person service is answered by its name and by a path', async ({
  overview: page,
}) => {
  const question = page.getByRole('combobox', {
    name: 'Who understands this?',
  });
  // Before there is any suggestion, as by somebody who knows what to ask.
  const ask = async (text: string) => {
    await question.fill(text);
    await question.press('Enter');
    await expect(page.getByRole('listbox')).toHaveCount(0);
  };
  for (const asked of ['refunds', 'services/refunds/src/dispute.ts']) {
    await ask(asked);
    const answer = page.getByRole('region', { name: 'Answer' });
    await expect(
      answer.getByRole('link', { name: 'Refunds (Example)' }),
    ).toBeVisible();
    await expect(answer).toContainText('Chiara Lindt');
    await expect(answer).not.toContainText('Ada Okafor');
    await expect(answer).toContainText('Payments (Example) owns it');
  }
  await expect(page).toHaveURL(/ask=services/);
  await picture(page, 'who-understands');

  await ask('deploy controller');
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(
    'Nobody active has evidence younger than 180 days',
  );
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(
    'has left',
  );

  await ask('no such thing anywhere');
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(
    'Nothing in the catalog matches',
  );
});

test('what is asked is suggested while it is typed, by keyboard and in the dark', async ({
  page,
  server,
}) => {
  const question = page.getByRole('combobox', {
    name: 'Who understands this?',
  });
  const list = page.getByRole('listbox');
  for (const theme of ['dark', 'light']) {
    await inTheme(page, theme);
    await page.goto(`${server.appUrl}/understanding`);
    await question.pressSequentially('refun');
    await expect(
      list.getByRole('option', { name: /^Refunds \(Example\)/ }),
    ).toBeVisible();
    await picture(page, `suggestions-${theme}`);
    // While a list is open, the kit hides the page around it from screen readers, but
    // not from the keyboard, and names options by their titles alone.
    await expectAccessible(page, {
      ofKit: ['aria-hidden-focus', 'label-content-name-mismatch'],
    });
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
  await expect(question).toHaveValue('component:default/refunds');
  await expect(
    page
      .getByRole('region', { name: 'Answer' })
      .getByRole('link', { name: 'Refunds (Example)' }),
  ).toBeVisible();

  await question.fill('services/refunds/');
  await page.getByRole('option', { name: /dispute\.ts/ }).click();
  await expect(page).toHaveURL(/ask=services%2Frefunds%2F/);

  await question.fill('zzzz');
  await expect(
    page.getByRole('option', { name: /Nothing here begins like that/ }),
  ).toBeVisible();
});

test('Enter upon the last letter leaves no list over the answer', async ({
  overview: page,
}) => {
  const question = page.getByRole('combobox', {
    name: 'Who understands this?',
  });
  for (const text of ['refunds', 'ledger ', 'no such thing']) {
    await question.focus();
    // Both before the page is drawn again, as on a machine that is busy.
    await question.evaluate((field: HTMLInputElement, typed) => {
      field.select();
      document.execCommand('insertText', false, typed);
      const init = { key: 'Enter', bubbles: true, cancelable: true };
      field.dispatchEvent(new KeyboardEvent('keydown', init));
    }, text);
    await expect(page).toHaveURL(
      new RegExp(`ask=${text.trim().replaceAll(' ', '\\+')}$`),
    );
    // The page around an open list is hidden from whoever asks by role.
    await expect(page.getByRole('region', { name: 'Answer' })).toHaveAttribute(
      'aria-busy',
      'false',
    );
    await expect(page.getByRole('listbox')).toHaveCount(0);
    await expect(question).toBeFocused();
  }
});
