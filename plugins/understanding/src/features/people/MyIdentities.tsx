import { Button, Text } from '@backstage/ui';
import { MyIdentities as Identities } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';
import { CandidateButtons, IdentityActions } from './identityColumns';

/** What may be of whoever looks, and what was decided about that. */
export function MyIdentities(props: {
  identities: Identities;
  actions: IdentityActions;
  onConfirmAll: (candidates: Identities['candidates']) => void;
}) {
  const { identities, actions, onConfirmAll } = props;
  const { candidates, links } = identities;
  if (candidates.length === 0 && links.length === 0) {
    return null;
  }
  return (
    <Section title="Addresses and accounts that may be yours">
      {candidates.length > 0 && (
        <Text>What you confirm yourself counts as your own word.</Text>
      )}
      {candidates.length > 1 && (
        <div>
          <Button
            size="small"
            isDisabled={actions.isSaving}
            onPress={() => onConfirmAll(candidates)}
          >
            {`Confirm that all ${candidates.length} are mine`}
          </Button>
        </div>
      )}
      {candidates.map(one => (
        <WrappingRow key={one.identifier.value}>
          <Text>
            {one.identifier.value}, called {one.name}
          </Text>
          <CandidateButtons candidate={one} actions={actions} />
        </WrappingRow>
      ))}
      {links.map(one => (
        <WrappingRow key={one.identifier.value}>
          <Text>
            {one.identifier.value}:{' '}
            {one.state === 'confirmed' ? 'yours' : 'not yours'}, as decided on{' '}
            <Instant at={one.decidedAt} />
          </Text>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Undo ${one.identifier.value} of ${one.displayName}`}
            isDisabled={actions.isSaving}
            onPress={() => actions.undo(one)}
          >
            Undo
          </Button>
        </WrappingRow>
      ))}
    </Section>
  );
}
