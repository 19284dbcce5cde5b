import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Cell, ColumnConfig, Flex } from '@backstage/ui';
import {
  Bot,
  Contradiction,
  Identifier,
  IdentityCandidate,
  IdentityLinkRecord,
  Leaver,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { headerColumn, textColumn } from '../../components/columns';
import { Person } from '../explanations/Person';

type Column<T> = ColumnConfig<T & { id: string }>;

const REASONS: Record<IdentityCandidate['reason'], string> = {
  'same-name': 'The same name',
  'same-local-part': 'The same before the @',
  'name-is-local-part': 'The name of one stands before the @ of the other',
  mailmap: 'The .mailmap says so',
};

const BOT_REASONS: Record<Bot['reason'], string> = {
  marked: '[bot] in the name or address',
  host: 'A host commits with it, in the name of nobody',
  agent: 'Writes code for somebody',
  told: 'Its host says so',
};

function identifierColumn<T extends { identifier: Identifier }>(): Column<T> {
  return headerColumn('identifier', 'Identity', row => row.identifier.value);
}

function person(row: { personRef: string; displayName: string }) {
  return (
    <EntityRefLink entityRef={row.personRef} hideIcon>
      {row.displayName}
    </EntityRefLink>
  );
}

/** What is done with one row, each by a button that names the row. */
export interface IdentityActions {
  readonly isSaving: boolean;
  readonly confirm: (one: IdentityCandidate) => void;
  readonly refuse: (one: IdentityCandidate) => void;
  readonly undo: (one: IdentityLinkRecord) => void;
}

export function candidateColumns(
  actions: IdentityActions,
): Array<Column<IdentityCandidate>> {
  return [
    identifierColumn(),
    textColumn('name', 'Called there', row => row.name),
    textColumn('person', 'May be', row => person(row)),
    textColumn('reason', 'Why', row => REASONS[row.reason]),
    {
      id: 'decision',
      label: 'Decision',
      cell: row => (
        <Cell>
          <CandidateButtons candidate={row} actions={actions} />
        </Cell>
      ),
    },
  ];
}

/** Confirms or refuses what somebody may be. */
export function CandidateButtons(props: {
  candidate: IdentityCandidate;
  actions: Pick<IdentityActions, 'isSaving' | 'confirm' | 'refuse'>;
}) {
  const { candidate, actions } = props;
  const { identifier, displayName } = candidate;
  return (
    <Flex gap="2">
      <Button
        size="small"
        aria-label={`Confirm that ${identifier.value} is ${displayName}`}
        isDisabled={actions.isSaving}
        onPress={() => actions.confirm(candidate)}
      >
        Confirm
      </Button>
      <Button
        size="small"
        variant="secondary"
        aria-label={`Refuse that ${identifier.value} is ${displayName}`}
        isDisabled={actions.isSaving}
        onPress={() => actions.refuse(candidate)}
      >
        Refuse
      </Button>
    </Flex>
  );
}

export function linkColumns(
  actions: IdentityActions,
): Array<Column<IdentityLinkRecord>> {
  return [
    identifierColumn(),
    textColumn('person', 'User', row => person(row)),
    textColumn('state', 'Decided', row =>
      row.state === 'confirmed' ? 'Is theirs' : 'Is not theirs',
    ),
    textColumn('by', 'By', row => (
      <>
        <Person person={{ personRef: row.decidedBy }} />
        {row.fromMailmap && ', from a .mailmap'}
      </>
    )),
    textColumn('at', 'On', row => <Instant at={row.decidedAt} />),
    {
      id: 'undo',
      label: 'Undo',
      cell: row => (
        <Cell>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Undo ${row.identifier.value} of ${row.displayName}`}
            isDisabled={actions.isSaving}
            onPress={() => actions.undo(row)}
          >
            Undo
          </Button>
        </Cell>
      ),
    },
  ];
}

export const CONTRADICTION_COLUMNS: Array<Column<Contradiction>> = [
  identifierColumn(),
  textColumn('people', 'Users who have it', row => (
    <Flex direction="column" gap="1">
      {row.personRefs.map(ref => (
        <EntityRefLink key={ref} entityRef={ref} hideIcon />
      ))}
    </Flex>
  )),
  textColumn('means', 'What that means', row => {
    const decided = row.decided && (
      <Person person={{ personRef: row.decided }} />
    );
    switch (row.type) {
      case 'shared':
        return 'It counts for nobody until the catalog is corrected.';
      case 'taken-over':
        return <>It was of a User who is gone, and counts for {decided} now.</>;
      default:
        return <>It was confirmed to be of {decided}, and counts for them.</>;
    }
  }),
];

export const LEAVER_COLUMNS: Array<Column<Leaver>> = [
  headerColumn('person', 'User', row => person(row)),
  textColumn('ref', 'Reference', row => row.personRef),
  textColumn('reason', 'Why they count as having left', row =>
    row.reason === 'removed' ? (
      <>
        No longer in the catalog
        {row.removedAt && (
          <>
            , since <Instant at={row.removedAt} />
          </>
        )}
      </>
    ) : (
      'In no Group'
    ),
  ),
];

export const BOT_COLUMNS: Array<Column<Bot>> = [
  headerColumn('name', 'Name', row => row.name || 'Without a name'),
  textColumn('address', 'Address or account', row => row.address || 'None'),
  textColumn('reason', 'Why it is nobody', row => BOT_REASONS[row.reason]),
];
