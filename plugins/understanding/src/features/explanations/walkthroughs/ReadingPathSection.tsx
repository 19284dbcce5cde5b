import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Skeleton, Text } from '@backstage/ui';
import { ReadingPath } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExplanationStateLabel,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../../components/Section';
import { PLANES } from '../../failure-modes/words';
import { ExplanationLink } from '../ExplanationLink';
import styles from '../Explanations.module.css';

type Group = ReadingPath['groups'][number];

/** What a newcomer reads, in order. */
export function ReadingPathSection(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const { error, retry, value } = useAsyncRetry(
    () => api.getReadingPath(entityRef),
    [api, entityRef],
  );
  return (
    <Section title="For newcomers">
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && (
        <Text>
          {value.walkthrough.state === 'missing'
            ? 'There is no walkthrough to begin with yet. '
            : 'Begin with the walkthrough above. '}
          {value.groups.length > 0
            ? 'Next are the last records, those that did not help others at the end.'
            : 'No change of it has been explained yet.'}
        </Text>
      )}
      <div className={styles.columns}>
        {value?.groups.map(group => (
          <div key={group.plane ?? group.targetRef ?? 'other'}>
            <Text as="h3" weight="bold">
              <Heading group={group} />
            </Text>
            <ol className={styles.list}>
              {group.items.map(({ explanation, readings }) => (
                <li key={explanation.id}>
                  <ExplanationLink explanation={explanation} />
                  <ExplanationStateLabel state={explanation.state} />{' '}
                  {readings.notHelped > 0 && (
                    <Text variant="body-small">
                      It did not help {readings.notHelped} of{' '}
                      {readings.helped + readings.notHelped} readers.
                    </Text>
                  )}
                </li>
              ))}
            </ol>
          </div>
        ))}
      </div>
    </Section>
  );
}

function Heading(props: { group: Group }) {
  const { plane, targetRef } = props.group;
  if (plane) {
    return <>{PLANES[plane]} plane</>;
  }
  return targetRef ? (
    <span className={styles.sentence}>
      Its dependency on <EntityRefLink entityRef={targetRef} hideIcon />
    </span>
  ) : (
    <>Other</>
  );
}
