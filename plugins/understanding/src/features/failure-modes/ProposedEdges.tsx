import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Alert, Button, Flex, Link, Text } from '@backstage/ui';
import {
  Condition,
  EdgePage,
  ProposedEdge,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { CONDITIONS } from './words';

/** What open changes would add to the HARD dependencies, with what has no answer yet. */
export function ProposedEdges(props: {
  proposed: EdgePage['proposed'];
  unread: EdgePage['unread'];
  /** Undefined where a file in the repository has the failure modes. */
  onDescribe?: (edge: ProposedEdge, condition: Condition) => void;
}) {
  const { onDescribe, proposed, unread } = props;
  return (
    <>
      {proposed.map(edge => {
        const { change, targetRef, unanswered } = edge;
        const [first] = unanswered;
        return (
          <Flex key={`${change.url} ${targetRef}`} align="center" gap="2">
            <Text>
              The open change <Link href={change.url}>{change.title}</Link>{' '}
              makes <EntityRefLink entityRef={targetRef} hideIcon /> a HARD
              dependency;{' '}
              {first
                ? `no answer for ${unanswered
                    .map(one => CONDITIONS[one].toLowerCase())
                    .join(', ')}.`
                : 'all that is required is answered.'}
            </Text>
            {first && onDescribe && (
              <Button
                size="small"
                variant="secondary"
                aria-label={`Describe what happens when ${targetRef} fails`}
                onPress={() => onDescribe(edge, first)}
              >
                Describe
              </Button>
            )}
          </Flex>
        );
      })}
      {unread.map(({ change, problem }) => (
        <Alert
          key={change.url}
          status="warning"
          icon
          title="An open change may add dependencies"
          description={
            <>
              What <Link href={change.url}>{change.title}</Link> does to the
              catalog file could not be read: {problem}
            </>
          }
        />
      ))}
    </>
  );
}
