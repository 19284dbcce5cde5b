import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Link,
  Radio,
  RadioGroup,
  Skeleton,
  Text,
} from '@backstage/ui';
import {
  ExplanationDebt,
  TaughtSessions,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useSaving } from '../failure-modes/useSaving';
import { ProposeSession } from './ProposeSession';
import { titleOf } from './words';

/** Says in which session a change was taught, for which an explanation is owed. */
export function SessionDialog(props: {
  debt: ExplanationDebt;
  close: () => void;
  onPaid: () => void;
}) {
  const { close, debt, onPaid } = props;
  const { entityRef, entityTitle, explanation } = debt;
  const api = useApi(understandingApiRef);
  const [sessionId, setSessionId] = useState<string>();
  const { error, isSaving, save } = useSaving();
  const sessions = useAsyncRetry(
    () => api.listTaughtSessions(explanation.id, { entity: entityRef }),
    [api, explanation.id, entityRef],
  );
  const { items = [] } = sessions.value ?? {};
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={560}>
      <DialogHeader>Taught in a session</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text>
            You were there when “{titleOf(explanation)}” was taught, as a change
            of {entityTitle}, and can say so since you had no part in it.
          </Text>
          {sessions.loading && !sessions.value && (
            <Skeleton width="100%" height={48} />
          )}
          {sessions.error && (
            <UnderstandingError error={sessions.error} retry={sessions.retry} />
          )}
          {sessions.value && items.length === 0 && (
            <Text>
              No session since the merge is known that somebody proposed and
              whoever taught it confirmed.
            </Text>
          )}
          {items.length > 0 && (
            <RadioGroup
              label="In which session?"
              value={sessionId ?? null}
              onChange={setSessionId}
            >
              {items.map(one => (
                <Radio key={one.id} value={one.id}>
                  <Session session={one} />
                </Radio>
              ))}
            </RadioGroup>
          )}
          {error && (
            <UnderstandingError error={error} title="This was not taken" />
          )}
          <ProposeSession entityRef={entityRef} />
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={isSaving}
          isDisabled={sessionId === undefined}
          onPress={() =>
            save(async () => {
              await api.payExplanationDebt(explanation.id, {
                entityRef,
                sessionId: sessionId ?? '',
              });
              onPaid();
            })
          }
        >
          It was taught there
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Session(props: { session: TaughtSessions['items'][number] }) {
  const { at, taughtBy, url } = props.session;
  return (
    <>
      <Instant at={at} />
      {taughtBy && `, taught by ${taughtBy.displayName}`}
      {url && (
        <>
          {' '}
          (<Link href={url}>where</Link>)
        </>
      )}
    </>
  );
}
