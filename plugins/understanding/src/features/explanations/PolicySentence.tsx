import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import {
  Instant,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import useAsync from 'react-use/esm/useAsync';
import styles from './Explanations.module.css';

/** When explanations are asked for here, and from what the entity is exempted. */
export function PolicySentence(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const { error, value } = useAsync(async () => {
    const [{ inWords }, { items }] = await Promise.all([
      api.getExplanationPolicy({ entity: entityRef }),
      api.listExemptions(entityRef),
    ]);
    return { inWords, exemptions: items.filter(one => one.holds) };
  }, [api, entityRef]);
  if (error) {
    return <Text>When explanations are asked for could not be read.</Text>;
  }
  if (!value) {
    return null;
  }
  const { exemptions, inWords } = value;
  return (
    <>
      <Text>{inWords}</Text>
      {exemptions.length > 0 && (
        <ul className={styles.list}>
          {exemptions.map(({ id, ownerRef, reason, until }) => (
            <li key={id} className={styles.sentence}>
              None is asked for until <Instant at={until} />: {reason}
              {ownerRef && (
                <>
                  {' '}
                  (<EntityRefLink entityRef={ownerRef} hideIcon /> answers for
                  it)
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
