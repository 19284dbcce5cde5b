import { useApi } from '@backstage/core-plugin-api';
import {
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
  AssumptionContent,
  assumptionInWords,
  assumptionSchema,
  assumptionTemplates,
  basisSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import styles from './FailureModes.module.css';
import { FormDialog } from './FormDialog';
import { DayField } from './InstantField';
import { numberOf, textOf } from './numbers';
import { useEditing } from './useEditing';
import { BASES } from './words';

const NONE = 'none';

/** What stands in the fields. */
function draftOf(assumption: AssumptionContent | undefined) {
  const limit = assumption?.limit;
  return {
    statement: assumption?.statement ?? '',
    basis: assumption?.basis ?? basisSchema.options[0],
    refutedBy: assumption?.refutedBy ?? '',
    value: textOf(limit?.value),
    unit: limit?.unit ?? '',
    observedPeak: textOf(limit?.observedPeak),
    observedAt: limit?.observedAt ?? '',
    source: limit?.source ?? '',
    verifyBy: assumption?.verifyBy ?? '',
    url: assumption?.url ?? '',
  };
}

function contentOf(
  entityRef: string,
  draft: ReturnType<typeof draftOf>,
): AssumptionContent {
  const value = numberOf(draft.value);
  return {
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
            observedAt: draft.observedAt || undefined,
            source: draft.source || undefined,
          },
  };
}

/** Writes down something that the design rests on, or changes what was written. */
export function AssumptionForm(props: {
  entityRef: string;
  /** The one to change; absent for a new one. */
  assumption?: Assumption;
  close: () => void;
  onSaved: () => void;
}) {
  const { assumption, close, entityRef, onSaved } = props;
  const api = useApi(understandingApiRef);
  const [template, setTemplate] = useState(NONE);
  const [draft, setDraft] = useState(() => draftOf(assumption));
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const content = contentOf(entityRef, draft);
  const form = useEditing({
    version: assumption?.version ?? 0,
    schema: assumptionSchema,
    mine: assumptionInWords(content),
    inWords: assumptionInWords,
    take: theirs => setDraft(draftOf(theirs)),
    save: async version => {
      if (assumption) {
        await api.updateAssumption(assumption.id, version, content);
      } else {
        await api.createAssumption(content);
      }
      onSaved();
    },
  });
  const takeTemplate = (id: string) => {
    const found = assumptionTemplates.find(one => one.id === id);
    setTemplate(id);
    if (found) {
      set({
        statement: found.statement,
        refutedBy: found.refutedBy,
        unit: found.unit ?? '',
        verifyBy: found.verifyBy ?? draft.verifyBy,
        url: found.url ?? '',
      });
    }
  };
  return (
    <FormDialog
      title={assumption ? 'Change an assumption' : 'Write down an assumption'}
      width={640}
      form={form}
      isIncomplete={!draft.verifyBy}
      close={close}
    >
      {!assumption && (
        <Select
          label="Begin with"
          value={template}
          onChange={key => takeTemplate(String(key))}
          options={[
            { id: NONE, label: 'Nothing in particular' },
            ...assumptionTemplates.map(({ id, title }) => ({
              id,
              label: title,
            })),
          ]}
        />
      )}
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
          options={basisSchema.options.map(id => ({ id, label: BASES[id] }))}
        />
        <DayField
          label="Look at it again by"
          isRequired
          value={draft.verifyBy}
          onChange={verifyBy => set({ verifyBy })}
        />
      </div>
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
        <DayField
          label="Observed on"
          value={draft.observedAt}
          onChange={observedAt => set({ observedAt })}
        />
      </div>
      <div className={styles.fields}>
        <TextField
          label="Source of the peak"
          value={draft.source}
          onChange={source => set({ source })}
        />
        <TextField
          label="Link"
          placeholder="https://"
          value={draft.url}
          onChange={url => set({ url })}
        />
      </div>
    </FormDialog>
  );
}

/** Says what was found when somebody looked at an assumption. */
export function VerifyDialog(props: {
  assumption: Assumption;
  close: () => void;
  onSaved: () => void;
}) {
  const { close, onSaved } = props;
  const api = useApi(understandingApiRef);
  const [assumption, setAssumption] = useState(props.assumption);
  const [holds, setHolds] = useState(true);
  const [note, setNote] = useState('');
  const [verifyBy, setVerifyBy] = useState('');
  const form = useEditing({
    version: assumption.version,
    schema: assumptionSchema,
    // What is looked at is theirs; what was found stays in the fields.
    mine: assumptionInWords({ ...assumption }),
    inWords: assumptionInWords,
    take: setAssumption,
    save: async version => {
      await api.verifyAssumption(assumption.id, version, {
        result: holds ? 'still-holds' : 'refuted',
        note: note || undefined,
        verifyBy: holds ? verifyBy : undefined,
      });
      onSaved();
    },
  });
  return (
    <FormDialog
      title="Does it still hold?"
      width={520}
      form={form}
      isIncomplete={holds && !verifyBy}
      close={close}
    >
      <Flex direction="column" gap="1">
        <Text>{assumption.statement}</Text>
        <Text>Refuted by: {assumption.refutedBy}</Text>
      </Flex>
      <RadioGroup
        label="What did you find?"
        value={holds ? 'holds' : 'refuted'}
        onChange={value => setHolds(value === 'holds')}
      >
        <Radio value="holds">It still holds</Radio>
        <Radio value="refuted">It does not hold</Radio>
      </RadioGroup>
      <TextAreaField label="Note" rows={2} value={note} onChange={setNote} />
      {holds && (
        <DayField
          label="Look at it again by"
          isRequired
          value={verifyBy}
          onChange={setVerifyBy}
        />
      )}
    </FormDialog>
  );
}
