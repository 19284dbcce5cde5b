import { RiLightbulbLine } from '@remixicon/react';

/**
 * Explanations among the types of results by which search can be narrowed down.
 * @public
 */
export const explanationsResultType = {
  value: 'understanding-explanation',
  name: 'Explanations',
  icon: <RiLightbulbLine />,
};
