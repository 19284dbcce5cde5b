import { useApi } from '@backstage/core-plugin-api';
import { Text } from '@backstage/ui';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import useAsync from 'react-use/esm/useAsync';

/** When explanations are asked for here. */
export function PolicySentence(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const { error, value } = useAsync(
    () => api.getExplanationPolicy({ entity: entityRef }),
    [api, entityRef],
  );
  if (error) {
    return <Text>When explanations are asked for could not be read.</Text>;
  }
  return value ? <Text>{value.inWords}</Text> : null;
}
