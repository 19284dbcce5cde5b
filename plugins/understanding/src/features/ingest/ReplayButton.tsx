import { useApi } from '@backstage/core-plugin-api';
import { Button, Flex } from '@backstage/ui';
import { DeliveryRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';

/** Lets a dead letter be read again, and says why where that fails. */
export function ReplayButton(props: {
  delivery: DeliveryRecord;
  onReplayed: () => void;
}) {
  const { delivery, onReplayed } = props;
  const api = useApi(understandingApiRef);
  const [replayed, replay] = useAsyncFn(async () => {
    await api.replayDelivery(delivery.id);
    onReplayed();
    return true;
  }, [api, delivery.id, onReplayed]);
  return (
    <Flex direction="column" gap="2" align="start">
      <Button
        size="small"
        variant="secondary"
        aria-label={`Replay ${delivery.deliveryId ?? delivery.id}`}
        // After that, its row is about to leave.
        isPending={replayed.loading || replayed.value}
        onPress={replay}
      >
        Replay
      </Button>
      {replayed.error && !replayed.loading && (
        <UnderstandingError
          title="This was not replayed"
          error={replayed.error}
        />
      )}
    </Flex>
  );
}
