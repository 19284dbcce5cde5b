import { useRouteRef } from '@backstage/core-plugin-api';
import { Link, Text } from '@backstage/ui';
import { Explanation } from '@understanding-dev/backstage-plugin-understanding-common';
import { explanationRouteRef } from '../../routes';
import { changeName, titleOf } from './words';

/** Leads to the record of an explanation, with what its host calls the change. */
export function ExplanationLink(props: { explanation: Explanation }) {
  const { explanation } = props;
  const path = useRouteRef(explanationRouteRef);
  return (
    <>
      <Link href={path({ id: explanation.id })}>{titleOf(explanation)}</Link>
      {explanation.change && (
        <Text as="div" variant="body-small">
          {changeName(explanation.change)}
        </Text>
      )}
    </>
  );
}
