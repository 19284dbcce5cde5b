import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
} from '@backstage/ui';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { ReactNode } from 'react';
import { Conflict } from './Conflict';
import { Editing } from './useEditing';

/**
 * Fields in a dialog, with what went wrong and what somebody else saved meanwhile, and
 * what saves and what gives up.
 */
export function FormDialog(props: {
  title: ReactNode;
  /** In pixels. */
  width?: number;
  form: Editing;
  /** Whether something is missing that has to be said. */
  isIncomplete?: boolean;
  close: () => void;
  children: ReactNode;
}) {
  const { children, close, form, isIncomplete, title, width = 560 } = props;
  const { conflict, error, isSaving, submit } = form;
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={width}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          {conflict && <Conflict {...conflict} />}
          {children}
          {error && <UnderstandingError error={error} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={isSaving}
          isDisabled={isIncomplete || conflict !== undefined}
          onPress={submit}
        >
          Save
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
