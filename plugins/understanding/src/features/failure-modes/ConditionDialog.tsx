import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  Flex,
  Text,
  TextAreaField,
} from '@backstage/ui';
import {
  Condition,
  Edge,
  FailureMode,
  acceptanceInWords,
  acceptanceSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  CoverageStateLabel,
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { FormDialog } from './FormDialog';
import { DayField } from './InstantField';
import { useEditing } from './useEditing';
import { useSaving } from './useSaving';
import { CONDITIONS, nameOf } from './words';

interface ConditionProps {
  edge: Edge;
  condition: Condition;
  close: () => void;
  onSaved: () => void;
}

/** The answer to one condition of a dependency, and what to do where there is none. */
export function ConditionDialog(
  props: ConditionProps & {
    modes: readonly FailureMode[];
    /** Undefined where a file in the repository has the failure modes. */
    onDescribe?: () => void;
    onAccept: () => void;
  },
) {
  const { close, condition, edge, modes, onAccept, onDescribe, onSaved } =
    props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const found = edge.conditions.find(one => one.condition === condition);
  const acceptance = found?.acceptance;
  const answers = modes.filter(
    mode =>
      mode.condition === condition &&
      !mode.superseded &&
      mode.edge &&
      [edge.targetRef, ...edge.apiRefs].includes(mode.edge.targetRef),
  );
  const withdraw = (version: number) =>
    save(async () => {
      const { sourceRef, targetRef } = edge;
      await api.withdrawAcceptance(sourceRef, version, {
        targetRef,
        condition,
      });
      onSaved();
    });
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={560}>
      <DialogHeader>{titleOf(edge, condition)}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Flex align="center" gap="2">
            <CoverageStateLabel state={found?.state ?? 'none'} />
            {found?.validUntil && (
              <Text>
                until <Instant at={found.validUntil} />
              </Text>
            )}
          </Flex>
          {answers.map(mode => (
            <Text key={mode.id}>
              {mode.title}: {mode.endEffect}
            </Text>
          ))}
          {acceptance && <Text>{acceptance.reason}</Text>}
          {error && <UnderstandingError error={error} />}
          <Flex gap="2">
            {onDescribe && (
              <Button variant="primary" onPress={onDescribe}>
                Describe a failure mode
              </Button>
            )}
            <Button variant="secondary" onPress={onAccept}>
              {acceptance ? 'Change the acceptance' : 'Accept it instead'}
            </Button>
            {acceptance && (
              <Button
                variant="secondary"
                onPress={() => withdraw(acceptance.version)}
                isPending={isSaving}
              >
                Withdraw the acceptance
              </Button>
            )}
          </Flex>
        </Flex>
      </DialogBody>
    </Dialog>
  );
}

/** Says why nothing is done about a condition, and until when that holds. */
export function AcceptDialog(props: ConditionProps) {
  const { close, condition, edge, onSaved } = props;
  const api = useApi(understandingApiRef);
  const found = edge.conditions.find(one => one.condition === condition);
  const [reason, setReason] = useState(found?.acceptance?.reason ?? '');
  const [until, setUntil] = useState(
    (found?.acceptance && found.validUntil) ?? '',
  );
  const form = useEditing({
    version: found?.acceptance?.version ?? 0,
    schema: acceptanceSchema,
    mine: acceptanceInWords({ reason, until }),
    inWords: acceptanceInWords,
    take: theirs => {
      setReason(theirs.reason);
      setUntil(theirs.until);
    },
    save: async version => {
      const { sourceRef, targetRef } = edge;
      await api.acceptRisk(sourceRef, version, {
        targetRef,
        condition,
        reason,
        until,
      });
      onSaved();
    },
  });
  return (
    <FormDialog
      title={`Accept ${titleOf(edge, condition)}`}
      form={form}
      isIncomplete={!reason.trim() || !until}
      close={close}
    >
      <TextAreaField
        label="Nothing is done about it, because"
        isRequired
        rows={2}
        value={reason}
        onChange={setReason}
      />
      <DayField label="Until" isRequired value={until} onChange={setUntil} />
    </FormDialog>
  );
}

function titleOf(edge: Edge, condition: Condition): string {
  return `${nameOf(edge)}: ${CONDITIONS[condition].toLowerCase()}`;
}
