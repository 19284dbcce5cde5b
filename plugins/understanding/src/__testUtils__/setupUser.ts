import userEvent from '@testing-library/user-event';

/** Somebody at the keyboard, in the time of the test: nothing waits in real time. */
export function setupUser() {
  return userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
}
