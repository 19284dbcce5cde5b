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
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  FailureMode,
  failureTestKindSchema,
  failureTestResultSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import styles from './FailureModes.module.css';
import { useSaving } from './useSaving';
import { TEST_KINDS } from './words';

/** Records a test that was done, or plans one, in a dialog. */
export function TestForm(props: {
  mode: FailureMode;
  close: () => void;
  onSaved: () => void;
}) {
  const { close, mode, onSaved } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const [isPlanned, setPlanned] = useState(false);
  const [test, setTest] = useState({
    kind: failureTestKindSchema.options[0],
    at: '',
    expected: mode.endEffect,
    actual: '',
    result: failureTestResultSchema.options[0],
    trafficPattern: '',
    differsFromProduction: '',
    participants: '',
  });
  const set = (part: Partial<typeof test>) => setTest({ ...test, ...part });
  const submit = () =>
    save(async () => {
      const at = new Date(test.at).toISOString();
      await api.recordTest(mode.id, {
        kind: test.kind,
        expected: test.expected,
        trafficPattern: test.trafficPattern || undefined,
        differsFromProduction: test.differsFromProduction || undefined,
        participants: test.participants
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(ref => (ref.includes(':') ? ref : `user:default/${ref}`)),
        ...(isPlanned
          ? { plannedAt: at }
          : { performedAt: at, actual: test.actual, result: test.result }),
      });
      onSaved();
    });
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={640}>
      <DialogHeader>Test of “{mode.title}”</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <RadioGroup
            label="Was it done?"
            orientation="horizontal"
            value={isPlanned ? 'planned' : 'done'}
            onChange={value => setPlanned(value === 'planned')}
          >
            <Radio value="done">It was done</Radio>
            <Radio value="planned">It is planned</Radio>
          </RadioGroup>
          <div className={styles.fields}>
            <Select
              label="Kind"
              value={test.kind}
              onChange={key => set({ kind: failureTestKindSchema.parse(key) })}
              options={failureTestKindSchema.options.map(id => ({
                id,
                label: TEST_KINDS[id],
              }))}
            />
            <DatePicker
              label="When"
              granularity="minute"
              isRequired
              onChange={at => set({ at: at?.toString() ?? '' })}
            />
          </div>
          <TextAreaField
            label="Expected"
            isRequired
            rows={2}
            value={test.expected}
            onChange={expected => set({ expected })}
          />
          {!isPlanned && (
            <>
              <TextAreaField
                label="Actual"
                isRequired
                rows={2}
                value={test.actual}
                onChange={actual => set({ actual })}
              />
              <RadioGroup
                label="Result"
                orientation="horizontal"
                value={test.result}
                onChange={value =>
                  set({ result: failureTestResultSchema.parse(value) })
                }
              >
                <Radio value="as-expected">As expected</Radio>
                <Radio value="otherwise">Otherwise</Radio>
              </RadioGroup>
            </>
          )}
          <div className={styles.fields}>
            <TextField
              label="Traffic pattern"
              placeholder="200 requests a second, evenly"
              value={test.trafficPattern}
              onChange={trafficPattern => set({ trafficPattern })}
            />
            <TextField
              label="How production differs"
              value={test.differsFromProduction}
              onChange={differsFromProduction => set({ differsFromProduction })}
            />
          </div>
          <TextField
            label="Who took part"
            description="Names of users, separated by commas. Each confirms it, and then it is evidence."
            value={test.participants}
            onChange={participants => set({ participants })}
          />
          {error && <UnderstandingError error={error} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={isSaving}
          isDisabled={!test.at}
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
