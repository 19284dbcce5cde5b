import { useApi } from '@backstage/core-plugin-api';
import {
  Radio,
  RadioGroup,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  FailureMode,
  FailureTest,
  failureTestInWords,
  failureTestKindSchema,
  failureTestResultSchema,
  failureTestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingApiRef } from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import styles from './FailureModes.module.css';
import { FormDialog } from './FormDialog';
import { DayField, MinuteField } from './InstantField';
import { useEditing } from './useEditing';
import { TEST_KINDS } from './words';

/** What stands in the fields. */
function draftOf(test: FailureTest | undefined, expected: string) {
  return {
    isPlanned: test ? !test.performedAt : false,
    kind: test?.kind ?? failureTestKindSchema.options[0],
    at: test?.performedAt ?? test?.plannedAt ?? '',
    expected: test?.expected ?? expected,
    actual: test?.actual ?? '',
    result: test?.result ?? failureTestResultSchema.options[0],
    validUntil: test?.validUntil ?? '',
    trafficPattern: test?.trafficPattern ?? '',
    differsFromProduction: test?.differsFromProduction ?? '',
    url: test?.url ?? '',
    participants:
      test?.participants?.map(one => one.personRef).join(', ') ?? '',
  };
}

function requestOf(
  draft: ReturnType<typeof draftOf>,
  plannedBefore: string | undefined,
) {
  const { isPlanned, at } = draft;
  return {
    kind: draft.kind,
    expected: draft.expected,
    trafficPattern: draft.trafficPattern || undefined,
    differsFromProduction: draft.differsFromProduction || undefined,
    url: draft.url || undefined,
    participants: draft.participants
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(ref => (ref.includes(':') ? ref : `user:default/${ref}`)),
    ...(isPlanned
      ? { plannedAt: at }
      : {
          plannedAt: plannedBefore,
          performedAt: at,
          actual: draft.actual,
          result: draft.result,
          validUntil: draft.validUntil || undefined,
        }),
  };
}

/** Records a test that was done, plans one, or says how a planned one went. */
export function TestForm(props: {
  mode: FailureMode;
  /** The one to change; absent for a new one. */
  test?: FailureTest;
  close: () => void;
  onSaved: () => void;
}) {
  const { close, mode, onSaved, test } = props;
  const api = useApi(understandingApiRef);
  const [draft, setDraft] = useState(() => draftOf(test, mode.endEffect));
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const request = requestOf(draft, test?.plannedAt);
  const form = useEditing({
    version: test?.version ?? 0,
    schema: failureTestSchema,
    mine: failureTestInWords({
      ...request,
      participants: request.participants.map(personRef => ({
        personRef,
        displayName: personRef,
      })),
    }),
    inWords: failureTestInWords,
    take: theirs => setDraft(draftOf(theirs, mode.endEffect)),
    save: async version => {
      if (test) {
        await api.rewriteTest(mode.id, test.id, version, request);
      } else {
        await api.recordTest(mode.id, request);
      }
      onSaved();
    },
  });
  return (
    <FormDialog
      title={`Test of “${mode.title}”`}
      width={640}
      form={form}
      isIncomplete={!draft.at}
      close={close}
    >
      <RadioGroup
        label="Was it done?"
        orientation="horizontal"
        value={draft.isPlanned ? 'planned' : 'done'}
        onChange={value => set({ isPlanned: value === 'planned' })}
      >
        <Radio value="done">It was done</Radio>
        <Radio value="planned">It is planned</Radio>
      </RadioGroup>
      <div className={styles.fields}>
        <Select
          label="Kind"
          value={draft.kind}
          onChange={key => set({ kind: failureTestKindSchema.parse(key) })}
          options={failureTestKindSchema.options.map(id => ({
            id,
            label: TEST_KINDS[id],
          }))}
        />
        <MinuteField
          label="When"
          isRequired
          value={draft.at}
          onChange={at => set({ at })}
        />
      </div>
      <TextAreaField
        label="Expected"
        isRequired
        rows={2}
        value={draft.expected}
        onChange={expected => set({ expected })}
      />
      {!draft.isPlanned && (
        <>
          <TextAreaField
            label="Actual"
            isRequired
            rows={2}
            value={draft.actual}
            onChange={actual => set({ actual })}
          />
          <RadioGroup
            label="Result"
            orientation="horizontal"
            value={draft.result}
            onChange={value =>
              set({ result: failureTestResultSchema.parse(value) })
            }
          >
            <Radio value="as-expected">As expected</Radio>
            <Radio value="otherwise">Otherwise</Radio>
          </RadioGroup>
          <DayField
            label="Counts until"
            description="Where nothing is said, for as long as this Backstage lets tests count."
            value={draft.validUntil}
            onChange={validUntil => set({ validUntil })}
          />
        </>
      )}
      <div className={styles.fields}>
        <TextField
          label="Traffic pattern"
          placeholder="200 requests a second, evenly"
          value={draft.trafficPattern}
          onChange={trafficPattern => set({ trafficPattern })}
        />
        <TextField
          label="How production differs"
          value={draft.differsFromProduction}
          onChange={differsFromProduction => set({ differsFromProduction })}
        />
      </div>
      <TextField
        label="Link to the record"
        placeholder="https://"
        value={draft.url}
        onChange={url => set({ url })}
      />
      <TextField
        label="Who took part"
        description="Names of users, separated by commas. Each confirms it, and then it is evidence."
        value={draft.participants}
        onChange={participants => set({ participants })}
      />
    </FormDialog>
  );
}
