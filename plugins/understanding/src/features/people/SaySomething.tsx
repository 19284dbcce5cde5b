import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import {
  CorrectRequest,
  understandingEvidenceCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { WrappingRow } from '../entities/WrappingRow';
import { useSaving } from '../failure-modes/useSaving';
import { EvidenceForm } from './EvidenceForm';
import { FromElsewhereDialog } from './FromElsewhereDialog';

/** What whoever looks may say of who understands an entity: of themselves, and of others. */
export function SaySomething(props: { entityRef: string; freshDays: number }) {
  const { entityRef, freshDays } = props;
  const api = useApi(understandingApiRef);
  const { allowed } = usePermission({
    permission: understandingEvidenceCreatePermission,
  });
  const [open, setOpen] = useState<'from-elsewhere' | 'evidence'>();
  const [isSaid, setSaid] = useState(false);
  const { error, isSaving, save } = useSaving();
  const close = () => setOpen(undefined);
  const correct = async (request: CorrectRequest) => {
    await api.correctUnderstanding(entityRef, request);
    setSaid(true);
  };
  return (
    <Flex direction="column" gap="2">
      <WrappingRow>
        <Button
          size="small"
          variant="secondary"
          onPress={() => setOpen('from-elsewhere')}
        >
          I know this from elsewhere
        </Button>
        <Button
          size="small"
          variant="secondary"
          isPending={isSaving}
          onPress={() => save(() => correct({ type: 'no-longer' }))}
        >
          I no longer know this
        </Button>
        {allowed && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setOpen('evidence')}
          >
            Somebody taught or documented it
          </Button>
        )}
      </WrappingRow>
      {error && <UnderstandingError error={error} title="This was not taken" />}
      <Text role="status">
        {isSaid &&
          'That is noted, and counts here in a moment. The page “What is stored about you” has it, where you can take it back.'}
      </Text>
      {open === 'from-elsewhere' && (
        <FromElsewhereDialog
          freshDays={freshDays}
          close={close}
          onCorrect={correct}
        />
      )}
      {open === 'evidence' && (
        <Dialog isOpen onOpenChange={isOpen => !isOpen && close()} width={520}>
          <DialogHeader>Somebody taught or documented it</DialogHeader>
          <DialogBody>
            <Flex direction="column" gap="3">
              <Text>
                It counts when they confirm it, on the page on what is stored
                about them. Of yourself it counts at once, as your own word.
              </Text>
              <EvidenceForm entityRef={entityRef} />
            </Flex>
          </DialogBody>
          <DialogFooter>
            <Button variant="secondary" onPress={close}>
              Close
            </Button>
          </DialogFooter>
        </Dialog>
      )}
    </Flex>
  );
}
