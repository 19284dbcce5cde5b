import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Flex, Link, Text } from '@backstage/ui';
import {
  AboutMe,
  CorrectRequest,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';
import { FromElsewhereDialog } from './FromElsewhereDialog';
import { WhatWasDone } from './WhatWasDone';

const SOURCES: Record<AboutMe['evidence'][number]['source'], string> = {
  history: 'from a git history, not verified',
  host: 'from a code host',
  hand: 'given by hand',
  incident: 'by what an incident tool tells',
  'on-call': 'by a schedule of who is on call',
  test: 'from a failure test',
  explanation: 'from an explanation that somebody else accepted',
};

/** The evidence of whoever looks, with what they may say to it. */
export function EvidenceOfMe(props: {
  me: Omit<AboutMe, 'identities'>;
  isSaving: boolean;
  onNoLonger: (entityRef: string) => void;
  onFromElsewhere: (
    entityRef: string,
    request: CorrectRequest,
  ) => Promise<void>;
  onWithdrawCorrection: (entityRef: string) => void;
  onRemove: (handEvidenceId: string) => void;
}) {
  const { me, isSaving, onNoLonger, onFromElsewhere } = props;
  const { onWithdrawCorrection, onRemove } = props;
  const [elsewhere, setElsewhere] = useState<string>();
  const entityRefs = [
    ...new Set([...me.evidence, ...me.corrections].map(one => one.entityRef)),
  ].sort();
  const given = me.handEvidence.filter(
    one => one.state === 'confirmed' && one.personRef === me.personRef,
  );
  return (
    <Section title="Evidence of what you understand">
      {entityRefs.length === 0 && <Text>There is none.</Text>}
      {entityRefs.map(entityRef => {
        const correction = me.corrections.find(
          one => one.entityRef === entityRef,
        )?.correction;
        return (
          <Flex key={entityRef} direction="column" gap="1">
            <Text as="h3" weight="bold">
              <EntityRefLink entityRef={entityRef} hideIcon />
            </Text>
            {me.evidence
              .filter(one => one.entityRef === entityRef)
              .map(({ kind, latestAt, url, source, verified }) => (
                <Text key={`${kind} ${source} ${verified} ${url}`}>
                  {url ? <Link href={url}>{kind}</Link> : kind}, last on{' '}
                  <Instant at={latestAt} />, {SOURCES[source]}
                </Text>
              ))}
            {correction ? (
              <WrappingRow>
                <Text>
                  {correction.type === 'no-longer' ? (
                    'You said that you no longer know it, on '
                  ) : (
                    <>
                      You said that you know it from elsewhere, until{' '}
                      <Instant at={correction.until} />, on{' '}
                    </>
                  )}
                  <Instant at={correction.at} />
                  {'note' in correction && correction.note
                    ? `: “${correction.note}”`
                    : '.'}
                </Text>
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={`Take that back: ${entityRef}`}
                  isDisabled={isSaving}
                  onPress={() => onWithdrawCorrection(entityRef)}
                >
                  Take that back
                </Button>
              </WrappingRow>
            ) : (
              <WrappingRow>
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={`I no longer know this: ${entityRef}`}
                  isDisabled={isSaving}
                  onPress={() => onNoLonger(entityRef)}
                >
                  I no longer know this
                </Button>
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={`I know this from elsewhere: ${entityRef}`}
                  isDisabled={isSaving}
                  onPress={() => setElsewhere(entityRef)}
                >
                  I know this from elsewhere
                </Button>
              </WrappingRow>
            )}
          </Flex>
        );
      })}
      {elsewhere && (
        <FromElsewhereDialog
          freshDays={me.freshDays}
          close={() => setElsewhere(undefined)}
          onCorrect={request => onFromElsewhere(elsewhere, request)}
        />
      )}
      {given.map(one => (
        <WrappingRow key={one.id}>
          <Text>
            Given by hand: <WhatWasDone evidence={one} />
          </Text>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Remove: ${one.kind} ${one.entityRef}`}
            isDisabled={isSaving}
            onPress={() => onRemove(one.id)}
          >
            Remove
          </Button>
        </WrappingRow>
      ))}
    </Section>
  );
}
