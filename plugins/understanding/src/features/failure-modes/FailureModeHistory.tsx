import { useApi } from '@backstage/core-plugin-api';
import { Button, Flex, Skeleton, Text, TextAreaField } from '@backstage/ui';
import { FailureMode } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  Prose,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { DifferenceList } from './DifferenceList';
import { useSaving } from './useSaving';
import { Who } from './Who';

/** What people say of a failure mode, and every version of it. */
export function FailureModeHistory(props: { mode: FailureMode }) {
  const { id, version } = props.mode;
  const api = useApi(understandingApiRef);
  const [text, setText] = useState('');
  const { error, isSaving, save } = useSaving();
  const state = useAsyncRetry(
    async () => ({
      history: await api.getFailureModeHistory(id),
      comments: await api.listComments(id),
    }),
    [api, id, version],
  );
  if (state.error) {
    return <UnderstandingError error={state.error} retry={state.retry} />;
  }
  if (!state.value) {
    return <Skeleton width="100%" height={48} />;
  }
  const { comments, history } = state.value;
  return (
    <Flex direction="column" gap="3">
      <Text as="h4" weight="bold">
        Comments
      </Text>
      {comments.items.map(comment => (
        <div key={comment.id}>
          <Text>
            <Who by={comment.by} /> <Instant at={comment.at} />
          </Text>
          <Prose text={comment.text} />
        </div>
      ))}
      <TextAreaField
        label="Add a comment"
        rows={2}
        value={text}
        onChange={setText}
      />
      <Flex>
        <Button
          size="small"
          variant="secondary"
          isDisabled={!text.trim()}
          isPending={isSaving}
          onPress={() =>
            save(async () => {
              await api.addComment(id, text);
              setText('');
              state.retry();
            })
          }
        >
          Comment
        </Button>
      </Flex>
      {error && <UnderstandingError error={error} />}
      <Text as="h4" weight="bold">
        Versions
      </Text>
      {history.items.map(one => (
        <div key={one.version}>
          <Text>
            Version {one.version}, {one.action} <Instant at={one.at} />{' '}
            <Who by={one.by} />
          </Text>
          {one.action === 'changed' && (
            <DifferenceList
              differences={one.differences}
              before="Before"
              after="After"
            />
          )}
        </div>
      ))}
    </Flex>
  );
}
