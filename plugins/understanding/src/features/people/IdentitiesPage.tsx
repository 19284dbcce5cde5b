import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Container, Flex, Link, Text } from '@backstage/ui';
import {
  Identifier,
  IdentityCandidate,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useReducer } from 'react';
import { rootRouteRef } from '../../routes';
import { useSaving } from '../failure-modes/useSaving';
import { decisionOn } from './decisionOn';
import {
  BOT_COLUMNS,
  CONTRADICTION_COLUMNS,
  IdentityActions,
  LEAVER_COLUMNS,
  candidateColumns,
  linkColumns,
} from './identityColumns';
import { IdentityTable } from './IdentityTable';
import { MailmapSection } from './MailmapSection';
import { RenameSection } from './RenameSection';

/** Who is who, for those who run this Backstage. */
export function IdentitiesPage() {
  const api = useApi(understandingApiRef);
  const overviewPath = useRouteRef(rootRouteRef)();
  const [reading, readAgain] = useReducer((count: number) => count + 1, 0);
  const { save, isSaving, error } = useSaving();
  const change = (run: () => Promise<void>) =>
    void save(async () => {
      await run();
      readAgain();
    });
  const decide = (one: IdentityCandidate, state: 'confirmed' | 'refused') =>
    change(() => api.decideIdentities(decisionOn(one, state)));
  const actions: IdentityActions = {
    isSaving,
    confirm: one => decide(one, 'confirmed'),
    refuse: one => decide(one, 'refused'),
    undo: ({ identifier, personRef }) =>
      change(() => api.undoIdentity({ ...identifier, personRef })),
  };
  // Columns are made anew only where their buttons change.
  const columns = useMemo(
    () => ({
      candidates: candidateColumns(actions),
      links: linkColumns(actions),
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [isSaving],
  );
  return (
    <Container>
      <Flex direction="column" gap="4" py="5">
        <div>
          <Link href={overviewPath}>Back to the overview</Link>
        </div>
        <Text as="h2" variant="title-small">
          Who is who
        </Text>
        <Text>
          The catalog says whose exact addresses and accounts are. What is
          weaker counts only when somebody confirms it; answers change at once,
          and change back when that is undone.
        </Text>
        {error && <UnderstandingError error={error} />}
        <IdentityTable
          title="Candidates"
          about="Addresses and accounts with evidence that are nobody’s, and who they may be."
          none="Nothing that is nobody’s looks like somebody of the catalog."
          list={(client, query) => client.listIdentityCandidates(query)}
          idOf={one => `${keyOf(one.identifier)} ${one.personRef}`}
          columns={columns.candidates}
          reading={reading}
        />
        <IdentityTable
          title="Contradictions"
          about="Where the catalog contradicts itself, or somebody contradicts the catalog."
          none="Nothing contradicts anything."
          list={(client, query) => client.listContradictions(query)}
          idOf={one => keyOf(one.identifier)}
          columns={CONTRADICTION_COLUMNS}
          reading={reading}
        />
        <IdentityTable
          title="Decisions"
          about="What was decided, and can be undone."
          none="Nothing has been decided yet."
          list={(client, query) => client.listIdentityLinks(query)}
          idOf={one => `${keyOf(one.identifier)} ${one.personRef}`}
          columns={columns.links}
          reading={reading}
        />
        <MailmapSection onLinked={readAgain} />
        <IdentityTable
          title="Who left"
          about="Their evidence stays, and no longer counts as that of somebody who can be asked."
          none="Every User of the catalog is in a Group."
          list={(client, query) => client.listLeavers(query)}
          idOf={one => one.personRef}
          columns={LEAVER_COLUMNS}
          reading={reading}
        />
        <RenameSection onDecided={readAgain} />
        <IdentityTable
          title="Bots"
          about="What they do is evidence of nobody’s understanding."
          none="No bot has been met."
          list={(client, query) => client.listBots(query)}
          idOf={one => `${one.address} ${one.name}`}
          columns={BOT_COLUMNS}
          reading={reading}
        />
      </Flex>
    </Container>
  );
}

function keyOf({ type, value }: Identifier): string {
  return `${type} ${value}`;
}
