import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Flex, Skeleton, Text } from '@backstage/ui';
import {
  Walkthrough,
  understandingExplanationCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ExplanationStateLabel,
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../../components/Section';
import { AssessForm } from '../AssessForm';
import { Assessment } from '../Assessment';
import styles from '../Explanations.module.css';
import { Helped } from '../Helped';
import { useAssessing } from '../useAssessing';
import { Answers } from './Answers';
import { WalkthroughForm } from './WalkthroughForm';
import { WalkthroughVersions } from './WalkthroughVersions';

/** The explanation of the whole entity: what everybody who operates it should know. */
export function WalkthroughSection(props: {
  entityRef: string;
  onChanged: () => void;
}) {
  const { entityRef, onChanged } = props;
  const api = useApi(understandingApiRef);
  const { error, retry, value } = useAsyncRetry(
    () => api.getWalkthrough(entityRef),
    [api, entityRef],
  );
  return (
    <Section
      title="Walkthrough"
      label={value && <ExplanationStateLabel state={value.state} />}
    >
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && (
        <div role="status" aria-label="Loading">
          <Skeleton width="100%" height={120} />
        </div>
      )}
      {value && !error && (
        <Known
          walkthrough={value}
          reload={() => {
            retry();
            onChanged();
          }}
        />
      )}
    </Section>
  );
}

function Known(props: { walkthrough: Walkthrough; reload: () => void }) {
  const { reload, walkthrough } = props;
  const { due, dueAt, entityRef, readings, significantChanges, versions } =
    walkthrough;
  const api = useApi(understandingApiRef);
  const [isWriting, setWriting] = useState(false);
  const { allowed } = usePermission({
    permission: understandingExplanationCreatePermission,
  });
  const [latest] = versions;
  if (isWriting) {
    return (
      <WalkthroughForm
        walkthrough={walkthrough}
        close={() => setWriting(false)}
        onWritten={() => {
          setWriting(false);
          reload();
        }}
      />
    );
  }
  return (
    <>
      {due.length > 0 && (
        <div>
          <Text weight="bold">It has to be gone through again</Text>
          <ul className={styles.list}>
            {due.map(reason => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      {latest ? (
        <>
          <Text>
            {dueAt && (
              <>
                Due on <Instant at={dueAt} />;{' '}
              </>
            )}
            {significantChanges} significant{' '}
            {significantChanges === 1 ? 'change' : 'changes'} merged since it
            was written or confirmed, as far as hosts told.
          </Text>
          <Answers answers={latest.answers} />
          <Helped
            readings={readings}
            say={async helped => {
              await api.readWalkthrough(entityRef, helped);
              reload();
            }}
          />
        </>
      ) : (
        <Unwritten walkthrough={walkthrough} />
      )}
      {allowed && (
        <Flex>
          <Button variant="secondary" onPress={() => setWriting(true)}>
            {latest ? 'Write another version' : 'Write it'}
          </Button>
        </Flex>
      )}
      {latest && <Assess walkthrough={walkthrough} reload={reload} />}
      <WalkthroughVersions versions={versions} />
    </>
  );
}

function Unwritten(props: { walkthrough: Walkthrough }) {
  return (
    <>
      <Text>
        Nobody has gone through it yet. Whoever operates it should be able to
        answer these:
      </Text>
      <ul className={styles.list}>
        {props.walkthrough.questions.map(({ key, question, reason }) => (
          <li key={key}>
            {question}
            <Text as="div" variant="body-small">
              {reason}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

function Assess(props: { walkthrough: Walkthrough; reload: () => void }) {
  const { reload, walkthrough } = props;
  const { assessments, entityRef, hadPart } = walkthrough;
  const { version } = walkthrough.versions[0];
  const api = useApi(understandingApiRef);
  const [isOpen, setOpen] = useState(false);
  const { isKnown, whyNot } = useAssessing({ hadPart, isWritten: true });
  return (
    <>
      {assessments.map(assessment => (
        <Assessment
          key={assessment.id}
          assessment={assessment}
          lapse={
            assessment.version === version
              ? undefined
              : `It is of version ${assessment.version}.`
          }
        />
      ))}
      {isKnown && whyNot && <Text>{whyNot}</Text>}
      {isKnown && !whyNot && !isOpen && (
        <Flex>
          <Button variant="secondary" onPress={() => setOpen(true)}>
            Assess it
          </Button>
        </Flex>
      )}
      {isKnown && !whyNot && isOpen && (
        <AssessForm
          assess={async found => {
            await api.assessWalkthrough(entityRef, { ...found, version });
            setOpen(false);
            reload();
          }}
        />
      )}
    </>
  );
}
