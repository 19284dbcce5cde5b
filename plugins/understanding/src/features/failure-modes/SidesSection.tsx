import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Flex, Skeleton, Text } from '@backstage/ui';
import {
  Expectation,
  Promised,
  SaidExpectation,
  SaidPromise,
  Sides,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../components/Section';
import { ExpectationDialog, PromiseDialog } from './SideDialog';

type Open =
  | { type: 'promise'; promise?: SaidPromise }
  | { type: 'expectation'; targetRef: string; expectation?: SaidExpectation };

/** What this counts on and promises, and where the other side says otherwise. */
export function SidesSection(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const [open, setOpen] = useState<Open>();
  const { error, retry, value } = useAsyncRetry(
    () => api.getSides(entityRef),
    [api, entityRef],
  );
  const close = () => setOpen(undefined);
  const saved = () => {
    close();
    retry();
  };
  return (
    <Section title="Counted on, and promised">
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={72} />}
      {value && (
        <>
          <Flex align="center" gap="3">
            <Text>
              It promises:{' '}
              {value.promise ? inWords(value.promise) : 'nothing yet'}.
            </Text>
            <Button
              size="small"
              variant="secondary"
              onPress={() =>
                setOpen({ type: 'promise', promise: value.promise })
              }
            >
              Change the promise
            </Button>
          </Flex>
          {value.asConsumer.map(sides => (
            <OneSide
              key={sides.targetRef}
              other={sides.targetRef}
              words="counts on"
              sides={sides}
              onChange={() =>
                setOpen({
                  type: 'expectation',
                  targetRef: sides.targetRef,
                  expectation: sides.expectation,
                })
              }
            />
          ))}
          {value.asProvider.map(sides => (
            <OneSide
              key={sides.sourceRef}
              other={sides.sourceRef}
              words="is counted on by"
              sides={sides}
            />
          ))}
          {value.hidden > 0 && (
            <Text>{value.hidden} more that you may not see.</Text>
          )}
        </>
      )}
      {open?.type === 'promise' && (
        <PromiseDialog
          entityRef={entityRef}
          promise={open.promise}
          close={close}
          onSaved={saved}
        />
      )}
      {open?.type === 'expectation' && (
        <ExpectationDialog
          entityRef={entityRef}
          targetRef={open.targetRef}
          expectation={open.expectation}
          close={close}
          onSaved={saved}
        />
      )}
    </Section>
  );
}

function OneSide(props: {
  other: string;
  words: string;
  sides: Sides;
  onChange?: () => void;
}) {
  const { onChange, other, sides, words } = props;
  const { expectation, mismatches } = sides;
  return (
    <div>
      <Flex align="center" gap="3">
        <Text>
          It {words} <EntityRefLink entityRef={other} hideIcon />:{' '}
          {expectation ? inWords(expectation) : 'nobody said for what'}.
        </Text>
        {onChange && (
          <Button
            size="small"
            variant="tertiary"
            aria-label={`Change what is counted on of ${other}`}
            onPress={onChange}
          >
            Change
          </Button>
        )}
      </Flex>
      {mismatches.length > 0 && (
        <ul>
          {mismatches.map(mismatch => (
            <li key={mismatch}>
              <strong>Mismatch:</strong> {mismatch}.
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function inWords(side: Partial<Promised & Expectation>): string {
  return (
    [
      side.availability !== undefined && `${side.availability} % available`,
      side.latencyMs !== undefined && `answers within ${side.latencyMs} ms`,
      side.timeoutMs !== undefined && `waits ${side.timeoutMs} ms`,
      side.retries !== undefined && `${side.retries} retries`,
      ...(side.guarantees ?? []),
      side.note,
    ]
      .filter(Boolean)
      .join(', ') || 'nothing in particular'
  );
}
