import { PermissionRows, READ } from '../../../__testUtils__/permissionRows';

/** Who may ask who understands something. */
export const LOOKUP_ROUTES: PermissionRows = {
  'GET /who-understands': {
    expected: READ,
    path: '/who-understands?query=cart',
  },
  'GET /who-understands/suggestions': {
    expected: READ,
    path: '/who-understands/suggestions?query=car',
  },
  // Whoever Slack has signed the words of
  'POST /slack/commands/who-understands': {
    expected: '--------',
    body: 'user_id=U012AB3CD&text=cart',
  },
};
