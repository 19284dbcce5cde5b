import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  DatePicker,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Radio,
  RadioGroup,
  Select,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  Assumption,
  assumptionTemplates,
  basisSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import styles from './FailureModes.module.css';
import { useSaving } from './useSaving';

const NONE = 'none';
const BASES = {
  measured: 'Measured',
  vendor: 'Said by the vendor',
  estimate: 'Estimated',
  inherited: 'Inherited',
};

const midnight = (day: string) => new Date(`${day}T00:00:00Z`).toISOString();
const numberOf = (text: string) =>
  text.trim() === '' ? undefined : Number(text);

/** Writes down something that the design rests on. */
export function AssumptionForm(props: {
  entityRef: string;
  close: () => void;
  onSaved: () => void;
}) {
  const { close, entityRef, onSaved } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const [draft, setDraft] = useState({
    template: NONE,
    statement: '',
    basis: basisSchema.options[0],
    refutedBy: '',
    value: '',
    unit: '',
    observedPeak: '',
    source: '',
    verifyBy: '',
    url: '',
  });
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const takeTemplate = (id: string) => {
    const found = assumptionTemplates.find(one => one.id === id);
    set({
      template: id,
      ...(found && {
        statement: found.statement,
        refutedBy: found.refutedBy,
        unit: found.unit ?? '',
        verifyBy: found.verifyBy ?? draft.verifyBy,
        url: found.url ?? '',
      }),
    });
  };
  const submit = () =>
    save(async () => {
      const value = numberOf(draft.value);
      await api.createAssumption({
        entityRef,
        statement: draft.statement,
        basis: draft.basis,
        refutedBy: draft.refutedBy,
        verifyBy: draft.verifyBy,
        url: draft.url || undefined,
        limit:
          value === undefined
            ? undefined
            : {
                value,
                unit: draft.unit,
                observedPeak: numberOf(draft.observedPeak),
                source: draft.source || undefined,
              },
      });
      onSaved();
    });
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={640}>
      <DialogHeader>Write down an assumption</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Select
            label="Begin with"
            value={draft.template}
            onChange={key => takeTemplate(String(key))}
            options={[
              { id: NONE, label: 'Nothing in particular' },
              ...assumptionTemplates.map(({ id, title }) => ({
                id,
                label: title,
              })),
            ]}
          />
          <TextAreaField
            label="Statement"
            isRequired
            rows={2}
            value={draft.statement}
            onChange={statement => set({ statement })}
          />
          <TextAreaField
            label="What would refute it"
            isRequired
            rows={2}
            value={draft.refutedBy}
            onChange={refutedBy => set({ refutedBy })}
          />
          <div className={styles.fields}>
            <Select
              label="Basis"
              value={draft.basis}
              onChange={key => set({ basis: basisSchema.parse(key) })}
              options={basisSchema.options.map(id => ({
                id,
                label: BASES[id],
              }))}
            />
            <DatePicker
              label="Look at it again by"
              isRequired
              onChange={day =>
                set({ verifyBy: day ? midnight(day.toString()) : '' })
              }
            />
          </div>
          {draft.verifyBy && (
            <Text>
              Until <Instant at={draft.verifyBy} />.
            </Text>
          )}
          <div className={styles.fields}>
            <TextField
              label="Limit"
              description="A number, where it is one."
              value={draft.value}
              onChange={value => set({ value })}
            />
            <TextField
              label="Unit"
              value={draft.unit}
              onChange={unit => set({ unit })}
            />
            <TextField
              label="Peak observed"
              value={draft.observedPeak}
              onChange={observedPeak => set({ observedPeak })}
            />
            <TextField
              label="Source of the peak"
              value={draft.source}
              onChange={source => set({ source })}
            />
          </div>
          {error && <UnderstandingError error={error} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={isSaving}
          isDisabled={!draft.verifyBy}
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

/** Says what was found when somebody looked at an assumption. */
export function VerifyDialog(props: {
  assumption: Assumption;
  close: () => void;
  onSaved: () => void;
}) {
  const { assumption, close, onSaved } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const [holds, setHolds] = useState(true);
  const [note, setNote] = useState('');
  const [day, setDay] = useState('');
  const submit = () =>
    save(async () => {
      await api.verifyAssumption(assumption.id, {
        result: holds ? 'still-holds' : 'refuted',
        note: note || undefined,
        verifyBy: holds ? midnight(day) : undefined,
      });
      onSaved();
    });
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={520}>
      <DialogHeader>Does it still hold?</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text>{assumption.statement}</Text>
          <Text>Refuted by: {assumption.refutedBy}</Text>
          <RadioGroup
            label="What did you find?"
            value={holds ? 'holds' : 'refuted'}
            onChange={value => setHolds(value === 'holds')}
          >
            <Radio value="holds">It still holds</Radio>
            <Radio value="refuted">It does not hold</Radio>
          </RadioGroup>
          <TextAreaField
            label="Note"
            rows={2}
            value={note}
            onChange={setNote}
          />
          {holds && (
            <DatePicker
              label="Look at it again by"
              isRequired
              onChange={value => setDay(value?.toString() ?? '')}
            />
          )}
          {error && <UnderstandingError error={error} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={isSaving}
          isDisabled={holds && !day}
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
