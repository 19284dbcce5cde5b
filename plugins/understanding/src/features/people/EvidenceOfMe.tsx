import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Flex, Link, Text } from '@backstage/ui';
import {
  AboutMe,
  CorrectRequest,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';

const SOURCES: Record<AboutMe['evidence'][number]['source'], string> = {
  history: 'from a git history, not verified',
  host: 'from a code host',
  hand: 'given by hand',
  incident: 'by what an incident tool tells',
  'on-call': 'by a schedule of who is on call',
  test: 'from a failure test',
  explanation: 'from an explanation that somebody else accepted',
};

const HALF_A_YEAR_MILLIS = 180 * 24 * 60 * 60 * 1000;

/** The evidence of whoever looks, with what they may say to it. */
export function EvidenceOfMe(props: {
  me: Omit<AboutMe, 'identities'>;
  isSaving: boolean;
  onCorrect: (entityRef: string, request: CorrectRequest) => void;
  onWithdrawCorrection: (entityRef: string) => void;
  onRemove: (handEvidenceId: string) => void;
}) {
  const { me, isSaving, onCorrect, onWithdrawCorrection, onRemove } = props;
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
                  <Instant at={correction.at} />.
                </Text>
                <Button
                  size="small"
                  variant="secondary"
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
                  isDisabled={isSaving}
                  onPress={() => onCorrect(entityRef, { type: 'no-longer' })}
                >
                  I no longer know this
                </Button>
                <Button
                  size="small"
                  variant="secondary"
                  isDisabled={isSaving}
                  onPress={() =>
                    onCorrect(entityRef, {
                      type: 'from-elsewhere',
                      until: inHalfAYear(),
                    })
                  }
                >
                  I know this from elsewhere
                </Button>
              </WrappingRow>
            )}
          </Flex>
        );
      })}
      {given.map(one => (
        <WrappingRow key={one.id}>
          <Text>
            Given by hand: {one.kind}{' '}
            <EntityRefLink entityRef={one.entityRef} hideIcon /> on{' '}
            <Instant at={one.at} />
          </Text>
          <Button
            size="small"
            variant="secondary"
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

// A minute less, since clocks differ and the back end takes no more than that.
function inHalfAYear(): string {
  return new Date(Date.now() + HALF_A_YEAR_MILLIS - 60_000).toISOString();
}
