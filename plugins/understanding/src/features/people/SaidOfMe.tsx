import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link, Text } from '@backstage/ui';
import { HandEvidence } from '@understanding-dev/backstage-plugin-understanding-common';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';
import { WhatWasDone } from './WhatWasDone';

/** What others said of whoever looks, which counts when they say that it is so. */
export function SaidOfMe(props: {
  said: readonly HandEvidence[];
  personRef: string;
  isSaving: boolean;
  onDecide: (id: string, decision: 'confirmation' | 'refusal') => void;
}) {
  const { said, personRef, isSaving, onDecide } = props;
  const waiting = said.filter(
    one => one.state === 'proposed' && one.personRef === personRef,
  );
  if (waiting.length === 0) {
    return null;
  }
  return (
    <Section title="Said of you, and not decided yet">
      {waiting.map(one => (
        <WrappingRow key={one.id}>
          <Text>
            <EntityRefLink entityRef={one.proposedBy} hideIcon /> says that you{' '}
            <WhatWasDone evidence={one} />
            {one.note && `: “${one.note}”`}
            {one.url && (
              <>
                {' '}
                (
                <Link href={one.url} aria-label={`where: ${one.url}`}>
                  where
                </Link>
                )
              </>
            )}
          </Text>
          <Button
            size="small"
            aria-label={`That is so: ${one.kind} ${one.entityRef}`}
            isDisabled={isSaving}
            onPress={() => onDecide(one.id, 'confirmation')}
          >
            That is so
          </Button>
          <Button
            size="small"
            variant="secondary"
            aria-label={`No: ${one.kind} ${one.entityRef}`}
            isDisabled={isSaving}
            onPress={() => onDecide(one.id, 'refusal')}
          >
            No
          </Button>
        </WrappingRow>
      ))}
    </Section>
  );
}
