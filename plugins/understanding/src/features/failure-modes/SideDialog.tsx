import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  Expectation,
  Promised,
  guaranteeSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import styles from './FailureModes.module.css';
import { useSaving } from './useSaving';

const textOf = (value: number | undefined) =>
  value === undefined ? '' : String(value);
const numberOf = (text: string) =>
  text.trim() === '' ? undefined : Number(text);

/** Says what is promised to all, or what is counted on of one. */
export function SideDialog(
  props: {
    entityRef: string;
    close: () => void;
    onSaved: () => void;
  } & (
    | { type: 'promise'; promise?: Promised }
    | { type: 'expectation'; targetRef: string; expectation?: Expectation }
  ),
) {
  const { close, entityRef, onSaved } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const side = props.type === 'promise' ? props.promise : props.expectation;
  const [draft, setDraft] = useState({
    availability: textOf(side?.availability),
    time: textOf(
      props.type === 'promise'
        ? props.promise?.latencyMs
        : props.expectation?.timeoutMs,
    ),
    retries: textOf(side?.retries),
    guarantees: side?.guarantees ?? [],
    note: side?.note ?? '',
  });
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const submit = () =>
    save(async () => {
      const said = {
        availability: numberOf(draft.availability),
        retries: numberOf(draft.retries),
        guarantees: draft.guarantees,
        note: draft.note || undefined,
      };
      if (props.type === 'promise') {
        await api.setPromise(entityRef, {
          ...said,
          latencyMs: numberOf(draft.time),
        });
      } else {
        await api.setExpectation(entityRef, {
          ...said,
          targetRef: props.targetRef,
          timeoutMs: numberOf(draft.time),
        });
      }
      onSaved();
    });
  const isPromise = props.type === 'promise';
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={560}>
      <DialogHeader>
        {isPromise
          ? 'What it promises'
          : `What it counts on of ${props.targetRef}`}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <div className={styles.fields}>
            <TextField
              label="Availability in percent"
              placeholder="99.9"
              value={draft.availability}
              onChange={availability => set({ availability })}
            />
            <TextField
              label={isPromise ? 'Answers within (ms)' : 'Waits for (ms)'}
              value={draft.time}
              onChange={time => set({ time })}
            />
            <TextField
              label={isPromise ? 'Retries wanted at most' : 'Retries'}
              value={draft.retries}
              onChange={retries => set({ retries })}
            />
          </div>
          <CheckboxGroup
            label="Guarantees"
            value={draft.guarantees}
            onChange={values =>
              set({
                guarantees: values.map(value => guaranteeSchema.parse(value)),
              })
            }
          >
            {guaranteeSchema.options.map(one => (
              <Checkbox key={one} value={one}>
                {one}
              </Checkbox>
            ))}
          </CheckboxGroup>
          <TextAreaField
            label={isPromise ? 'Note' : 'What we do when it fails'}
            rows={2}
            value={draft.note}
            onChange={note => set({ note })}
          />
          {error && <UnderstandingError error={error} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" isPending={isSaving} onPress={submit}>
          Save
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
