import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Text } from '@backstage/ui';
import { HandEvidence } from '@understanding-dev/backstage-plugin-understanding-common';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';
import { WhatWasDone } from './WhatWasDone';

/** What whoever looks said of others, which these have not decided on. */
export function SaidByMe(props: {
  said: readonly HandEvidence[];
  personRef: string;
  isSaving: boolean;
  onWithdraw: (id: string) => void;
}) {
  const { said, personRef, isSaving, onWithdraw } = props;
  const waiting = said.filter(
    one => one.state === 'proposed' && one.personRef !== personRef,
  );
  if (waiting.length === 0) {
    return null;
  }
  return (
    <Section title="Said by you of others, and not decided yet">
      {waiting.map(one => (
        <WrappingRow key={one.id}>
          <Text>
            <EntityRefLink entityRef={one.personRef} hideIcon />{' '}
            <WhatWasDone evidence={one} />
          </Text>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Withdraw: ${one.kind} ${one.entityRef}`}
            isDisabled={isSaving}
            onPress={() => onWithdraw(one.id)}
          >
            Withdraw
          </Button>
        </WrappingRow>
      ))}
    </Section>
  );
}
