import { useApi } from '@backstage/core-plugin-api';
import { Text } from '@backstage/ui';
import { IdentityCandidate } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useMemo, useReducer } from 'react';
import { PageLayout } from '../../PageLayout';
import { useSaving } from '../failure-modes/useSaving';
import { decisionOn } from './decisionOn';
import { IdentityActions } from './identityColumns';
import {
  BOTS,
  CONTRADICTIONS,
  LEAVERS,
  candidates,
  decisions,
} from './identityLists';
import { IdentityTable } from './IdentityTable';
import { MailmapSection } from './MailmapSection';
import { RenameSection } from './RenameSection';

/** Who is who, for those who run this Backstage. */
export function IdentitiesPage() {
  const api = useApi(understandingApiRef);
  const [reading, readAgain] = useReducer((count: number) => count + 1, 0);
  const { save, isSaving, error } = useSaving();
  const change = (run: () => Promise<void>) =>
    void save(async () => {
      await run();
      readAgain();
    });
  const decide = (
    some: readonly IdentityCandidate[],
    state: 'confirmed' | 'refused',
  ) => change(() => api.decideIdentities(decisionOn(some, state)));
  const actions: IdentityActions = {
    isSaving,
    confirm: one => decide([one], 'confirmed'),
    refuse: one => decide([one], 'refused'),
    undo: ({ identifier, personRef }) =>
      change(() => api.undoIdentity({ ...identifier, personRef })),
  };
  // Columns are made anew only where their buttons change.
  const lists = useMemo(
    () => ({
      candidates: candidates(actions),
      decisions: decisions(actions),
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [isSaving],
  );
  return (
    <PageLayout title="Who is who">
      <Text>
        The catalog says whose exact addresses and accounts are. What is weaker
        counts only when somebody confirms it; answers change at once, and
        change back when that is undone.
      </Text>
      {error && <UnderstandingError error={error} />}
      <IdentityTable
        {...lists.candidates}
        reading={reading}
        confirm={some => decide(some, 'confirmed')}
      />
      <IdentityTable {...CONTRADICTIONS} reading={reading} />
      <IdentityTable {...lists.decisions} reading={reading} />
      <MailmapSection onLinked={readAgain} />
      <IdentityTable {...LEAVERS} reading={reading} />
      <RenameSection onDecided={readAgain} />
      <IdentityTable {...BOTS} reading={reading} />
    </PageLayout>
  );
}
