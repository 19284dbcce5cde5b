import { useApi } from '@backstage/core-plugin-api';
import {
  Checkbox,
  CheckboxGroup,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  Expectation,
  Promised,
  SaidExpectation,
  SaidPromise,
  expectationInWords,
  guaranteeSchema,
  promiseInWords,
  saidExpectationSchema,
  saidPromiseSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import styles from './FailureModes.module.css';
import { FormDialog } from './FormDialog';
import { numberOf, textOf } from './numbers';
import { Editing, useEditing } from './useEditing';

/** What both sides have in common, as it stands in the fields. */
interface Draft {
  readonly availability: string;
  /** Milliseconds: of the promise until an answer, of the other until it gives up. */
  readonly time: string;
  readonly retries: string;
  readonly guarantees: Promised['guarantees'];
  readonly note: string;
}

interface SideProps {
  entityRef: string;
  close: () => void;
  onSaved: () => void;
}

/** Says what is promised to all. */
export function PromiseDialog(props: SideProps & { promise?: SaidPromise }) {
  const { close, entityRef, onSaved, promise } = props;
  const api = useApi(understandingApiRef);
  const [draft, setDraft] = useState(() =>
    draftOf(promise, promise?.latencyMs),
  );
  const mine = { ...saidOf(draft), latencyMs: numberOf(draft.time) };
  const form = useEditing({
    version: promise?.version ?? 0,
    schema: saidPromiseSchema,
    mine: promiseInWords(mine),
    inWords: promiseInWords,
    take: theirs => setDraft(draftOf(theirs, theirs.latencyMs)),
    save: async version => {
      await api.setPromise(entityRef, version, mine);
      onSaved();
    },
  });
  return (
    <SideForm
      title="What it promises"
      labels={{
        time: 'Answers within (ms)',
        retries: 'Retries wanted at most',
        note: 'Note',
      }}
      form={form}
      draft={draft}
      onChange={setDraft}
      close={close}
    />
  );
}

/** Says what is counted on of one dependency, and what is done when it fails. */
export function ExpectationDialog(
  props: SideProps & { targetRef: string; expectation?: SaidExpectation },
) {
  const { close, entityRef, expectation, onSaved, targetRef } = props;
  const api = useApi(understandingApiRef);
  const [draft, setDraft] = useState(() =>
    draftOf(expectation, expectation?.timeoutMs),
  );
  const mine = { ...saidOf(draft), timeoutMs: numberOf(draft.time) };
  const form = useEditing({
    version: expectation?.version ?? 0,
    schema: saidExpectationSchema,
    mine: expectationInWords(mine),
    inWords: expectationInWords,
    take: theirs => setDraft(draftOf(theirs, theirs.timeoutMs)),
    save: async version => {
      await api.setExpectation(entityRef, version, { ...mine, targetRef });
      onSaved();
    },
  });
  return (
    <SideForm
      title={`What it counts on of ${targetRef}`}
      labels={{
        time: 'Waits for (ms)',
        retries: 'Retries',
        note: 'What we do when it fails',
      }}
      form={form}
      draft={draft}
      onChange={setDraft}
      close={close}
    />
  );
}

function SideForm(props: {
  title: string;
  labels: { time: string; retries: string; note: string };
  form: Editing;
  draft: Draft;
  onChange: (draft: Draft) => void;
  close: () => void;
}) {
  const { close, draft, form, labels, onChange, title } = props;
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <FormDialog title={title} form={form} close={close}>
      <div className={styles.fields}>
        <TextField
          label="Availability in percent"
          placeholder="99.9"
          value={draft.availability}
          onChange={availability => set({ availability })}
        />
        <TextField
          label={labels.time}
          value={draft.time}
          onChange={time => set({ time })}
        />
        <TextField
          label={labels.retries}
          value={draft.retries}
          onChange={retries => set({ retries })}
        />
      </div>
      <CheckboxGroup
        label="Guarantees"
        value={[...draft.guarantees]}
        onChange={values =>
          set({ guarantees: values.map(value => guaranteeSchema.parse(value)) })
        }
      >
        {guaranteeSchema.options.map(one => (
          <Checkbox key={one} value={one}>
            {one}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <TextAreaField
        label={labels.note}
        rows={2}
        value={draft.note}
        onChange={note => set({ note })}
      />
    </FormDialog>
  );
}

function draftOf(
  side: Promised | Expectation | undefined,
  milliseconds: number | undefined,
): Draft {
  return {
    availability: textOf(side?.availability),
    time: textOf(milliseconds),
    retries: textOf(side?.retries),
    guarantees: side?.guarantees ?? [],
    note: side?.note ?? '',
  };
}

function saidOf(draft: Draft) {
  return {
    availability: numberOf(draft.availability),
    retries: numberOf(draft.retries),
    guarantees: draft.guarantees,
    note: draft.note || undefined,
  };
}
