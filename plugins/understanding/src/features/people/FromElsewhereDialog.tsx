import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextField,
} from '@backstage/ui';
import { CorrectRequest } from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { DayField } from '../failure-modes/InstantField';
import { useSaving } from '../failure-modes/useSaving';

/** Says that whoever looks knows an entity from elsewhere, and until when that holds. */
export function FromElsewhereDialog(props: {
  /** At most so many days away may the end be. */
  freshDays: number;
  close: () => void;
  onCorrect: (request: CorrectRequest) => Promise<void>;
}) {
  const { close, freshDays, onCorrect } = props;
  const [until, setUntil] = useState(() => latestDay(freshDays));
  const [note, setNote] = useState('');
  const { error, isSaving, save } = useSaving();
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={520}>
      <DialogHeader>I know this from elsewhere</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text>
            It counts as one kind of evidence more, by your own word, and ends
            by itself.
          </Text>
          <TextField
            label="Where from"
            description="Shown to those who see your name, such as “ran the same at my last company”."
            value={note}
            onChange={setNote}
          />
          <DayField
            label="Until"
            description={`At most ${freshDays} days from now; then say it again.`}
            isRequired
            value={until}
            onChange={setUntil}
          />
          {error && (
            <UnderstandingError error={error} title="This was not taken" />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={isSaving}
          isDisabled={until === ''}
          onPress={() =>
            save(async () => {
              await onCorrect({
                type: 'from-elsewhere',
                until,
                note: note.trim() || undefined,
              });
              close();
            })
          }
        >
          Say so
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** The last day that begins, in UTC, before evidence of now is no longer fresh. */
function latestDay(freshDays: number): string {
  return DateTime.utc().plus({ days: freshDays }).startOf('day').toISO() ?? '';
}
