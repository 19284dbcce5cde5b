import {
  EvidenceRecord,
  PersonRecord,
  WalkthroughStanding,
  addCorrections,
  addEvidence,
} from '@understanding-dev/backstage-plugin-understanding-common';
import type { AnswerStore } from '../failure-modes/AnswerStore';
import { PeopleStore, statusOf } from './PeopleStore';
import type { RenameStore } from './RenameStore';
import type { StatementStore } from './StatementStore';

/** What somebody did, under the reference that they had then. */
interface Deed {
  readonly called: string;
  readonly evidence: Omit<EvidenceRecord, 'verified'>;
}

/**
 * What people did and say that needs no history, whatever is known of that: tests that
 * they took part in and confirmed while signed in, walkthroughs of theirs that somebody
 * else accepted, and corrections.
 *
 * @returns adds all of it to the people of the entity
 */
export async function readWordsAndDeeds(
  stores: {
    answers: AnswerStore;
    people: PeopleStore;
    renames: RenameStore;
    statements: StatementStore;
  },
  of: {
    entityRef: string;
    walkthrough?: Pick<WalkthroughStanding, 'authors' | 'confirmedAt'>;
  },
): Promise<(people: readonly PersonRecord[]) => PersonRecord[]> {
  const { answers, people, renames, statements } = stores;
  const [operated, corrections] = await Promise.all([
    answers.operatedBy(of.entityRef),
    statements.correctionsOf(of.entityRef, people),
  ]);
  const deeds = [
    ...operated.map(
      ({ personRef, latestAt, count }): Deed => ({
        called: personRef,
        evidence: { kind: 'operated', latestAt, count },
      }),
    ),
    ...explainedBy(of.walkthrough),
  ];
  const presentOf = await renames.presentRefs(deeds.map(one => one.called));
  const known = await people.getPeople(
    deeds.map(one => presentOf(one.called).personRef),
  );
  const added = deeds.map(({ called, evidence }) => {
    const { personRef, ownWord } = presentOf(called);
    const person = known.get(personRef);
    return {
      personRef,
      displayName: person?.displayName ?? personRef,
      status: statusOf(personRef, person),
      evidence: { ...evidence, verified: !ownWord },
    };
  });
  return before => addCorrections(addEvidence(before, added), corrections);
}

function explainedBy({
  authors = [],
  confirmedAt,
}: Partial<Pick<WalkthroughStanding, 'authors' | 'confirmedAt'>> = {}): Deed[] {
  return confirmedAt === undefined
    ? []
    : authors.map(called => ({
        called,
        evidence: {
          kind: 'explained',
          latestAt: confirmedAt,
          count: 1,
          walkthrough: true,
        },
      }));
}
