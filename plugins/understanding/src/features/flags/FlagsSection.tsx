import { Flex, Link, Text } from '@backstage/ui';
import { Flag } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  FlagLabel,
  Instant,
  ReasonList,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';

/** Open findings with their reasons and the cheapest honest repair. */
export function FlagsSection(props: { flags: readonly Flag[] }) {
  return (
    <Section title="Flags">
      {props.flags.length === 0 && <Text>No rule finds anything here.</Text>}
      {props.flags.map(flag => (
        <div key={flag.id}>
          <Flex align="center" gap="2">
            <FlagLabel flag={flag} />
            <Text>
              since <Instant at={flag.since} />
            </Text>
          </Flex>
          <ReasonList reasons={flag.reasons} />
          <Text>
            <strong>Repair:</strong>{' '}
            {flag.repair.url ? (
              <Link href={flag.repair.url}>{flag.repair.message}</Link>
            ) : (
              flag.repair.message
            )}
          </Text>
        </div>
      ))}
    </Section>
  );
}
