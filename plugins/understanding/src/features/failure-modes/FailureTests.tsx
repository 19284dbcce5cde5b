import { useApi } from '@backstage/core-plugin-api';
import { Badge, Button, Flex, Link, Skeleton, Text } from '@backstage/ui';
import {
  FailureMode,
  FailureTest,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { download } from './download';
import { TestForm } from './TestForm';
import { useSaving } from './useSaving';
import { Who } from './Who';
import { TEST_KINDS } from './words';

/** The tests that show a failure mode, planned and done. */
export function FailureTests(props: {
  mode: FailureMode;
  onChanged: () => void;
}) {
  const { mode, onChanged } = props;
  const api = useApi(understandingApiRef);
  /** The one that is changed, or a new one. */
  const [open, setOpen] = useState<FailureTest | 'new'>();
  const state = useAsyncRetry(() => api.listTests(mode.id), [api, mode.id]);
  const saved = () => {
    setOpen(undefined);
    state.retry();
    onChanged();
  };
  return (
    <Flex direction="column" gap="3">
      <Text as="h4" weight="bold">
        Tests
      </Text>
      {state.error && (
        <UnderstandingError error={state.error} retry={state.retry} />
      )}
      {!state.value && !state.error && <Skeleton width="100%" height={48} />}
      {state.value?.items.length === 0 && <Text>Nobody has tried it yet.</Text>}
      {state.value?.items.map(test => (
        <OneTest
          key={test.id}
          test={test}
          onChange={() => setOpen(test)}
          onConfirmed={saved}
        />
      ))}
      <Flex>
        <Button size="small" variant="secondary" onPress={() => setOpen('new')}>
          Record or plan a test
        </Button>
      </Flex>
      {open && (
        <TestForm
          mode={mode}
          test={open === 'new' ? undefined : open}
          close={() => setOpen(undefined)}
          onSaved={saved}
        />
      )}
    </Flex>
  );
}

function OneTest(props: {
  test: FailureTest;
  onChange: () => void;
  onConfirmed: () => void;
}) {
  const { onChange, onConfirmed, test } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const calendar = () =>
    save(async () =>
      download(
        'game-day.ics',
        'text/calendar',
        await api.getTestCalendar(test.failureModeId, test.id),
      ),
    );
  const confirm = () =>
    save(async () => {
      await api.confirmTest(test.failureModeId, test.id);
      onConfirmed();
    });
  return (
    <div>
      <Flex align="center" gap="2">
        <Badge>{TEST_KINDS[test.kind]}</Badge>
        <Text>
          {test.performedAt ? (
            <>
              <Instant at={test.performedAt} />,{' '}
              {test.result === 'as-expected' ? 'as expected' : 'otherwise'}
              {test.validUntil && test.result === 'as-expected' && (
                <>
                  {' '}
                  (counts until <Instant at={test.validUntil} />)
                </>
              )}
            </>
          ) : (
            test.plannedAt && (
              <>
                planned for <Instant at={test.plannedAt} />
              </>
            )
          )}
        </Text>
        {test.url && <Link href={test.url}>Record</Link>}
      </Flex>
      <Text as="p">Expected: {test.expected}</Text>
      {test.actual && <Text as="p">Actual: {test.actual}</Text>}
      {test.trafficPattern && (
        <Text as="p">
          Traffic: {test.trafficPattern}
          {test.differsFromProduction &&
            `; in production: ${test.differsFromProduction}`}
        </Text>
      )}
      {test.recordedBy && (
        <Text as="p" variant="body-small">
          Recorded <Instant at={test.recordedAt} /> <Who by={test.recordedBy} />
        </Text>
      )}
      {test.participantCount > 0 && (
        <Text as="p">
          {test.participants
            ? test.participants
                .map(
                  one =>
                    `${one.displayName} (${
                      one.confirmedAt ? 'confirmed' : 'not confirmed'
                    })`,
                )
                .join(', ')
            : `${test.participantCount} took part`}
        </Text>
      )}
      <Flex gap="2">
        {/* Who may not see names would take those who took part away. */}
        {test.participants && (
          <Button
            size="small"
            variant="tertiary"
            aria-label={`${test.performedAt ? 'Change' : 'Say how it went'}: ${
              test.expected
            }`}
            onPress={onChange}
          >
            {test.performedAt ? 'Change' : 'Say how it went'}
          </Button>
        )}
        {test.plannedAt && !test.performedAt && (
          <Button
            size="small"
            variant="tertiary"
            isPending={isSaving}
            onPress={calendar}
          >
            Calendar file
          </Button>
        )}
        {test.performedAt && test.participantCount > 0 && (
          <Button
            size="small"
            variant="tertiary"
            isPending={isSaving}
            onPress={confirm}
          >
            I took part
          </Button>
        )}
      </Flex>
      {error && <UnderstandingError error={error} />}
    </div>
  );
}
