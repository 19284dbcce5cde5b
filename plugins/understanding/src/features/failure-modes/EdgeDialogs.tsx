import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  DatePicker,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Select,
  Text,
  TextAreaField,
} from '@backstage/ui';
import {
  Condition,
  Edge,
  FailureMode,
  criticalitySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  CoverageStateLabel,
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { useSaving } from './useSaving';
import { CONDITIONS } from './words';

const nameOf = (edge: Edge) => edge.targetTitle ?? edge.targetRef;

/** Says how much the entity depends on another, and why. */
export function ClassifyDialog(props: {
  edge: Edge;
  close: () => void;
  onSaved: () => void;
}) {
  const { close, edge, onSaved } = props;
  const api = useApi(understandingApiRef);
  const [criticality, setCriticality] = useState(edge.criticality);
  const [comment, setComment] = useState(edge.comment ?? '');
  const { error, isSaving, save } = useSaving();
  const submit = () =>
    save(async () => {
      await api.classifyEdge(edge.sourceRef, {
        type: edge.type === 'consumesApi' ? 'consumesApi' : 'dependsOn',
        targetRef: edge.targetRef,
        criticality,
        comment,
      });
      onSaved();
    });
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={520}>
      <DialogHeader>Dependency on {nameOf(edge)}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Select
            label="Criticality"
            description="HARD: it fails without. SOFT: it degrades."
            value={criticality}
            onChange={key => setCriticality(criticalitySchema.parse(key))}
            options={criticalitySchema.options.map(id => ({ id, label: id }))}
          />
          <TextAreaField
            label="Comment"
            description="Why it is so, for those who come after."
            value={comment}
            onChange={setComment}
          />
          {edge.classified && (
            <Text>
              Last classified on <Instant at={edge.classified.at} />.
            </Text>
          )}
          {error && <UnderstandingError error={error} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onPress={submit} isPending={isSaving}>
          Save
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** The answer to one condition of a dependency, and what to do where there is none. */
export function ConditionDialog(props: {
  edge: Edge;
  condition: Condition;
  modes: readonly FailureMode[];
  close: () => void;
  onSaved: () => void;
  /** Undefined where a file in the repository has the failure modes. */
  onDescribe?: () => void;
}) {
  const { close, condition, edge, modes, onDescribe, onSaved } = props;
  const api = useApi(understandingApiRef);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const { error, isSaving, save } = useSaving();
  const found = edge.conditions.find(one => one.condition === condition);
  const answers = modes.filter(
    mode =>
      mode.condition === condition &&
      !mode.superseded &&
      mode.edge &&
      [edge.targetRef, ...edge.apiRefs].includes(mode.edge.targetRef),
  );
  const key = { targetRef: edge.targetRef, condition };
  const accept = () =>
    save(async () => {
      await api.acceptRisk(edge.sourceRef, {
        ...key,
        reason,
        until: new Date(`${until}T00:00:00Z`).toISOString(),
      });
      onSaved();
    });
  const withdraw = () =>
    save(async () => {
      await api.withdrawAcceptance(edge.sourceRef, key);
      onSaved();
    });
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={560}>
      <DialogHeader>
        {nameOf(edge)}: {CONDITIONS[condition].toLowerCase()}
      </DialogHeader>
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
          {found?.acceptance && <Text>{found.acceptance.reason}</Text>}
          {onDescribe && (
            <Button variant="primary" onPress={onDescribe}>
              Describe a failure mode
            </Button>
          )}
          {found?.acceptance ? (
            <Button variant="secondary" onPress={withdraw} isPending={isSaving}>
              Withdraw the acceptance
            </Button>
          ) : (
            <>
              <TextAreaField
                label="Or accept it, because"
                value={reason}
                onChange={setReason}
              />
              <DatePicker
                label="Until"
                onChange={day => setUntil(day?.toString() ?? '')}
              />
              <Button
                variant="secondary"
                isDisabled={!reason.trim() || !until}
                isPending={isSaving}
                onPress={accept}
              >
                Accept
              </Button>
            </>
          )}
          {error && <UnderstandingError error={error} />}
        </Flex>
      </DialogBody>
    </Dialog>
  );
}
