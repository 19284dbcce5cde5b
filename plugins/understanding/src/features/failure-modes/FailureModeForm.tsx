import { useApi } from '@backstage/core-plugin-api';
import {
  Checkbox,
  Flex,
  Select,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  Condition,
  FailureMode,
  conditionSchema,
  criticalityOf,
  failureModeTemplates,
  planeSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import styles from './FailureModes.module.css';
import { FormDialog } from './FormDialog';
import { Target, useFailureModeForm } from './useFailureModeForm';
import {
  ANSWERS,
  CONDITIONS,
  EFFECTS,
  OBSERVATIONS,
  PLANES,
  nameOf,
} from './words';

const NONE = 'none';

/** Writes a failure mode, or a new version of one, in a dialog. */
export function FailureModeForm(props: {
  entityRef: string;
  /** The dependencies that it may be about. */
  targets: readonly Target[];
  /** The one to change; absent for a new one. */
  mode?: FailureMode;
  /** What a new one is about. */
  about?: { targetRef: string; condition: Condition };
  close: () => void;
  onSaved: () => void;
}) {
  const { close, mode, targets } = props;
  const api = useApi(understandingApiRef);
  const form = useFailureModeForm({ ...props, api });
  const { draft, set } = form;
  const questions = form.template?.questions;
  const { criticality } = criticalityOf(draft.observations);
  const text = (field: keyof typeof EFFECTS | keyof typeof ANSWERS) => ({
    value: draft[field] ?? '',
    onChange: (value: string) => set({ [field]: value }),
    description: questions?.[field],
    rows: 2,
  });
  return (
    <FormDialog
      title={mode ? 'Change a failure mode' : 'Describe a failure mode'}
      width={820}
      form={form.editing}
      close={close}
    >
      <div className={styles.fields}>
        <Select
          label="Ask as for"
          value={form.template?.id ?? NONE}
          onChange={key => form.useTemplate(String(key))}
          options={[
            { id: NONE, label: 'Nothing in particular' },
            ...failureModeTemplates.map(one => ({
              id: one.id,
              label: one.title,
            })),
          ]}
        />
        <Select
          label="Dependency"
          value={draft.edge?.targetRef ?? NONE}
          onChange={key => form.setTarget(String(key))}
          options={[
            { id: NONE, label: 'The entity itself' },
            ...targets.map(one => ({
              id: one.targetRef,
              label: nameOf(one),
            })),
          ]}
        />
        <Select
          label="Condition"
          value={draft.condition ?? NONE}
          onChange={key =>
            set({
              condition: key === NONE ? undefined : conditionSchema.parse(key),
            })
          }
          options={[
            { id: NONE, label: 'None in particular' },
            ...conditionSchema.options.map(id => ({
              id,
              label: CONDITIONS[id],
            })),
          ]}
        />
        <Select
          label="Plane"
          value={draft.plane}
          onChange={key => set({ plane: planeSchema.parse(key) })}
          options={planeSchema.options.map(id => ({
            id,
            label: PLANES[id],
          }))}
        />
      </div>
      <TextField
        label="Title"
        isRequired
        placeholder="The database fails over during payouts"
        value={draft.title}
        onChange={title => set({ title })}
      />
      {(Object.keys(EFFECTS) as Array<keyof typeof EFFECTS>).map(field => (
        <TextAreaField
          key={field}
          label={EFFECTS[field]}
          isRequired
          {...text(field)}
        />
      ))}
      {(Object.keys(ANSWERS) as Array<keyof typeof ANSWERS>).map(field => (
        <TextAreaField key={field} label={ANSWERS[field]} {...text(field)} />
      ))}
      <div role="group" aria-label="What was observed">
        <Flex direction="column" gap="2">
          {(Object.keys(OBSERVATIONS) as Array<keyof typeof OBSERVATIONS>).map(
            key => (
              <Checkbox
                key={key}
                isSelected={draft.observations[key]}
                onChange={value =>
                  set({
                    observations: { ...draft.observations, [key]: value },
                  })
                }
              >
                {OBSERVATIONS[key]}
              </Checkbox>
            ),
          )}
          <Text>
            That makes it of <strong>{criticality}</strong> criticality.
          </Text>
        </Flex>
      </div>
      <div className={styles.fields}>
        <TextField
          label="Link to evidence"
          placeholder="https://"
          value={draft.link}
          onChange={link => set({ link })}
        />
        <TextField
          label="What it shows"
          value={draft.linkTitle}
          onChange={linkTitle => set({ linkTitle })}
        />
      </div>
    </FormDialog>
  );
}
