import { Button, Skeleton, Text } from '@backstage/ui';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { Drafting } from './useDraft';

/** Stands in for a form until the draft that was kept of it is there. */
export function DraftReading(props: {
  drafting: Pick<Drafting<unknown>, 'readAgain' | 'unread'>;
}) {
  const { readAgain, unread } = props.drafting;
  return unread ? (
    <UnderstandingError
      error={unread}
      title="Your draft could not be read"
      retry={readAgain}
    />
  ) : (
    <div role="status" aria-label="Loading">
      <Skeleton width="100%" height={320} />
    </div>
  );
}

/** Says whether a draft is kept, and throws it away. */
export function DraftStatus(props: {
  drafting: Pick<Drafting<unknown>, 'isKept' | 'throwAway'>;
}) {
  const { isKept, throwAway } = props.drafting;
  return (
    <>
      {isKept && (
        <Button variant="tertiary" onPress={() => throwAway()}>
          Throw the draft away
        </Button>
      )}
      <Text role="status">{isKept && 'The draft is kept for you.'}</Text>
    </>
  );
}
