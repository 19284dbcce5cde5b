import { Badge } from '@backstage/ui';

/**
 * Marks an entity that is an example and not real.
 * @public
 */
export function ExampleLabel() {
  return <Badge>Example</Badge>;
}
