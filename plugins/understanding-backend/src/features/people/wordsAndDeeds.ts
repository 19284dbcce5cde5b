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
 * Adds what people did and say that needs no history, whatever is known of that: tests
 * that they took part in and confirmed while signed in, walkthroughs of theirs that
 * somebody else accepted, and corrections.
 */
export async function withWordsAndDeeds(
  stores: {
    answers: AnswerStore;
    people: PeopleStore;
    renames: RenameStore;
    statements: StatementStore;
  },
  of: {
    entityRef: string;
    people: readonly PersonRecord[];
    walkthrough?: Pick<WalkthroughStanding, 'authors' | 'confirmedAt'>;
  },
): Promise<PersonRecord[]> {
  const { answers, people, renames, statements } = stores;
  const operated = await answers.operatedBy(of.entityRef);
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
  return addCorrections(
    addEvidence(
      of.people,
      deeds.map(({ called, evidence }) => {
        const { personRef, ownWord } = presentOf(called);
        const person = known.get(personRef);
        return {
          personRef,
          displayName: person?.displayName ?? personRef,
          status: statusOf(personRef, person),
          evidence: { ...evidence, verified: !ownWord },
        };
      }),
    ),
    await statements.correctionsOf(of.entityRef, people),
  );
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
