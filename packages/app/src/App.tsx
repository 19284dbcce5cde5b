import { createApp } from '@backstage/frontend-defaults';
import { understandingSearchModule } from '@understanding-dev/backstage-plugin-understanding/alpha';
import { navModule } from './modules/nav';

export default createApp({
  features: [navModule, understandingSearchModule],
});
