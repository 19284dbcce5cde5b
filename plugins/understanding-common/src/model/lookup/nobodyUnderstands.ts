import {
  DocumentState,
  Evidence,
  Nobody,
  PersonUnderstanding,
} from '../../schemas';
import { knows, standsBesideOthers } from '../people';

/**
 * The answer when nobody active understands an entity: why, who knew it last, and how
 * to get that back, the cheapest first.
 *
 * @returns undefined when somebody does
 * @public
 */
export function nobodyUnderstands(options: {
  people: readonly PersonUnderstanding[];
  /** How many do, of whom `people` may be the first alone; absent where it cannot be seen. */
  understoodBy?: number;
  documentState: DocumentState;
  ownerTitle?: string;
  /** Why it cannot be seen, if so. */
  unknownReason?: string;
  kindsNeeded: number;
  freshDays: number;
  /** Whether people may be named. */
  names: boolean;
}): Nobody | undefined {
  const { people, unknownReason, kindsNeeded, freshDays, names } = options;
  if (options.understoodBy || people.some(knows)) {
    return undefined;
  }
  if (unknownReason !== undefined) {
    return {
      message: `This cannot be known: ${unknownReason}`,
      rebuild: [],
    };
  }
  const fresh = people.flatMap(person =>
    person.active
      ? person.evidence.filter(evidence => evidence.freshness === 'fresh')
      : [],
  );
  const latest = people
    .flatMap(person => person.evidence.map(evidence => evidence.latestAt))
    .sort();
  const lastAt = latest[latest.length - 1];
  const last = people.filter(person =>
    person.evidence.some(evidence => evidence.latestAt === lastAt),
  );
  return {
    message: messageOf(fresh, kindsNeeded, freshDays),
    lastAt,
    lastPeople: names
      ? last.map(({ personRef, displayName, status }) => ({
          personRef,
          displayName,
          status,
        }))
      : undefined,
    rebuild: rebuild(options),
  };
}

function messageOf(
  fresh: readonly Evidence[],
  kindsNeeded: number,
  freshDays: number,
): string {
  if (fresh.length === 0) {
    return `Nobody active has evidence younger than ${freshDays} days`;
  }
  if (fresh.every(standsBesideOthers)) {
    return `All evidence younger than ${freshDays} days is of documents or of shifts on call, which count only beside another kind`;
  }
  return kindsNeeded === 1
    ? `Whoever is active and has evidence younger than ${freshDays} days says that they no longer know it`
    : `Nobody active has ${kindsNeeded} kinds of evidence younger than ${freshDays} days, or they say that they no longer know it`;
}

function rebuild(options: {
  people: readonly PersonUnderstanding[];
  documentState: DocumentState;
  ownerTitle?: string;
  freshDays: number;
  names: boolean;
}): string[] {
  const { people, documentState, ownerTitle, freshDays, names } = options;
  const learner = ownerTitle
    ? `somebody of ${ownerTitle}`
    : 'somebody who will own it';
  const [askable] = people.filter(
    person => person.active && person.evidence.length > 0,
  );
  const knower = names && askable ? askable.displayName : 'who knew it last';
  // Often there is nothing to rebuild, and the catalog has another address of theirs.
  const [stranger] = people.filter(
    person =>
      person.personRef === undefined &&
      person.evidence.some(evidence => evidence.freshness === 'fresh'),
  );
  const [before, after] = documentsInWords(documentState);
  return [
    ...(stranger
      ? [
          `${
            names ? stranger.displayName : 'Somebody'
          } has evidence younger than ${freshDays} days, by an address or account that ${
            stranger.status === 'several-users'
              ? 'several Users claim'
              : 'is nobody’s in the catalog'
          }. Ask whose it is; admins link it on the page “Who is who”.`,
        ]
      : []),
    ...before,
    ...(askable
      ? [
          `Let ${learner} make its next change and ${knower} review it: both leave evidence.`,
          `Ask ${knower} to teach it once, and record that as evidence.`,
        ]
      : [
          `${
            stranger ? '' : 'Nobody who knew it is here any more. '
          }Let ${learner} read it through, explain its next change, and have a second person review that.`,
        ]),
    ...after,
    'Try one of its failure modes in a test, and say what was seen.',
  ];
}

/** What to do with the documents, before anything else and on the way. */
function documentsInWords(state: DocumentState): [string[], string[]] {
  switch (state) {
    case 'fresh':
      return [['Begin with its documents, which still hold.'], []];
    case 'overdue':
      return [
        ['Begin with its documents, which nobody has looked at for long.'],
        [],
      ];
    case 'missing':
      return [[], ['It has no document: write down what is found.']];
    case 'unknown':
      return [
        [],
        ['Whether its documents hold cannot be seen: check what they say.'],
      ];
    default:
      return [
        [],
        [`Do not count on its documents (${state}); correct them on the way.`],
      ];
  }
}
