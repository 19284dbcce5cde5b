import {
  Participant,
  Readings,
  Walkthrough,
  WalkthroughQuestion,
  WalkthroughStanding,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../../database/shadow';
import { PersonRow } from '../../../database/tables';
import { StoredWalkthrough } from './WalkthroughStore';

/** A walkthrough as its page shows it; names only where they may be seen. */
export async function toWalkthrough(options: {
  knex: Knex;
  entityRef: string;
  questions: WalkthroughQuestion[];
  stored: StoredWalkthrough;
  standing: WalkthroughStanding;
  readings: Readings;
  caller: string;
  names: boolean;
}): Promise<Walkthrough> {
  const { caller, entityRef, names, questions, readings, stored } = options;
  const { assessments, versions } = stored;
  const { due, dueAt, significantChanges, state } = options.standing;
  const displayNames = names
    ? await namesOf(options.knex, [
        ...versions.map(one => one.author_ref),
        ...assessments.map(one => one.reviewer_ref),
      ])
    : undefined;
  const person = (ref: string): Participant | undefined =>
    displayNames && {
      personRef: ref,
      displayName: displayNames.get(ref) ?? ref,
    };
  return {
    state,
    due: [...due],
    dueAt,
    significantChanges,
    entityRef,
    questions,
    readings,
    hadPart: versions.some(one => one.author_ref === caller),
    versions: [...versions].reverse().map(one => ({
      version: one.version,
      at: one.at,
      answers: JSON.parse(one.answers),
      author: person(one.author_ref),
    })),
    assessments: [...assessments].reverse().map(one => ({
      id: one.id,
      at: one.at,
      version: one.version,
      result: one.result as 'genuine',
      rubric: JSON.parse(one.rubric),
      note: one.note ?? undefined,
      reviewer: person(one.reviewer_ref),
    })),
  };
}

async function namesOf(
  knex: Knex,
  refs: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const batch of batches([...new Set(refs)])) {
    const people = await knex<PersonRow>('people')
      .whereIn('person_ref', batch)
      .select('person_ref', 'display_name');
    people.forEach(one => found.set(one.person_ref, one.display_name));
  }
  return found;
}
