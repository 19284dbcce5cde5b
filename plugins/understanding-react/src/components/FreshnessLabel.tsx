import { Badge } from '@backstage/ui';
import { Freshness } from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * How fresh evidence is, in a word.
 * @public
 */
export function FreshnessLabel(props: { freshness: Freshness }) {
  return <Badge>{props.freshness}</Badge>;
}
