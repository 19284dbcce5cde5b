import { useApi } from '@backstage/core-plugin-api';
import { Badge, Button, Flex, Link, Skeleton, Text } from '@backstage/ui';
import {
  RiAlarmWarningLine,
  RiCheckLine,
  RiCloseCircleLine,
  RiTimeLine,
} from '@remixicon/react';
import {
  Assumption,
  AssumptionState,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../components/Section';
import { AssumptionHistoryPanel } from './AssumptionHistoryPanel';
import { AssumptionForm, VerifyDialog } from './AssumptionDialogs';
import { BASES } from './words';

const STATES: Record<AssumptionState, { text: string; icon: JSX.Element }> = {
  holds: { text: 'Holds', icon: <RiCheckLine aria-hidden /> },
  'due-soon': { text: 'Due soon', icon: <RiTimeLine aria-hidden /> },
  expired: { text: 'Expired', icon: <RiAlarmWarningLine aria-hidden /> },
  refuted: { text: 'Refuted', icon: <RiCloseCircleLine aria-hidden /> },
};

type Open =
  | { type: 'add' }
  | { type: 'change' | 'verify'; assumption: Assumption };

/** What the design of an entity rests on, and until when somebody believes it. */
export function AssumptionsSection(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const state = useAsyncRetry(
    () => api.listAssumptions({ entity: entityRef, limit: 200 }),
    [api, entityRef],
  );
  const saved = () => {
    close();
    state.retry();
  };
  return (
    <Section title="Assumptions and limits">
      <Flex>
        <Button variant="secondary" onPress={() => setOpen({ type: 'add' })}>
          Write down an assumption
        </Button>
      </Flex>
      {state.error && (
        <UnderstandingError error={state.error} retry={state.retry} />
      )}
      {!state.value && !state.error && <Skeleton width="100%" height={48} />}
      {state.value?.items.length === 0 && (
        <Text>
          Nobody has written down what its design rests on. Begin with its
          limits: files, connections, quotas, certificates.
        </Text>
      )}
      {state.value?.items.map(assumption => (
        <One key={assumption.id} assumption={assumption} onOpen={setOpen} />
      ))}
      {(open?.type === 'add' || open?.type === 'change') && (
        <AssumptionForm
          entityRef={entityRef}
          assumption={open.type === 'change' ? open.assumption : undefined}
          close={close}
          onSaved={saved}
        />
      )}
      {open?.type === 'verify' && (
        <VerifyDialog
          assumption={open.assumption}
          close={close}
          onSaved={saved}
        />
      )}
    </Section>
  );
}

function One(props: { assumption: Assumption; onOpen: (open: Open) => void }) {
  const { assumption, onOpen } = props;
  const { basis, limit, refutedBy, state, statement, url, verification } =
    assumption;
  const { icon, text } = STATES[state];
  return (
    <div>
      <Flex align="center" gap="2">
        <Badge icon={icon}>{text}</Badge>
        <Text weight="bold">{statement}</Text>
        {url && <Link href={url}>Source</Link>}
      </Flex>
      <Text as="p">
        Basis: {BASES[basis].toLowerCase()}. Refuted by: {refutedBy}
      </Text>
      {limit && (
        <Text as="p">
          Limit: {limit.value} {limit.unit}
          {limit.observedPeak !== undefined &&
            `; peak observed: ${limit.observedPeak}${
              limit.source ? ` (${limit.source})` : ''
            }`}
          {limit.observedAt && (
            <>
              {' '}
              on <Instant at={limit.observedAt} />
            </>
          )}
        </Text>
      )}
      <Flex align="center" gap="2">
        <Text>
          Look at it by <Instant at={assumption.verifyBy} />
          {verification && (
            <>
              ; last looked at <Instant at={verification.at} />
              {verification.note && `: ${verification.note}`}
            </>
          )}
          .
        </Text>
        <Button
          size="small"
          variant="tertiary"
          aria-label={`Verify: ${statement}`}
          onPress={() => onOpen({ type: 'verify', assumption })}
        >
          Verify
        </Button>
        <Button
          size="small"
          variant="tertiary"
          aria-label={`Change: ${statement}`}
          onPress={() => onOpen({ type: 'change', assumption })}
        >
          Change
        </Button>
      </Flex>
      <AssumptionHistoryPanel assumption={assumption} />
    </div>
  );
}
