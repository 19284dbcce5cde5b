import {
  IdentityLink,
  PersonIdentity,
  canonicalAddress,
  loginOfNoreplyAddress,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  HistoryAnswer,
  HistoryRequest,
} from '@understanding-dev/git-knowledge';
import { fingerprint } from '../../database/shadow';
import type { LocatedEntity } from '../entities/EntityStore';
import { HistoryEvidence, HistoryReading } from './HistoryStore';

/** The paths of an entity's source; an empty one means the whole repository. */
export function pathsOf({ source }: LocatedEntity): readonly string[] {
  return source.type === 'repository' ? source.paths : [];
}

/**
 * Where an entity's documents are looked for: what `understanding.dev/docs` says,
 * otherwise the README and the docs folder of each source path.
 */
export function documentGlobsOf(located: LocatedEntity): string[] {
  if (located.entity.docs.length > 0) {
    return [...located.entity.docs];
  }
  return pathsOf(located).flatMap(path => {
    const prefix = path === '' ? '' : `${path}/`;
    return [`${prefix}README.md`, `${prefix}docs/**/*.md`];
  });
}

/** Of what names somebody, in characters; a table keeps no more. */
const MAX_LENGTH = 255;

/**
 * The addresses by which a history is read as people's. One that two people claim
 * is nobody's. Those that somebody confirmed are told apart, so that this can be taken
 * back without another reading.
 */
export function addressesOf(
  identities: readonly PersonIdentity[],
  confirmed: ReadonlyMap<string, string>,
  link: (email: string) => IdentityLink,
): NonNullable<HistoryRequest['identities']> {
  const claimed = identities.flatMap(person => [
    ...(person.email ? [person.email] : []),
    ...person.logins.map(login => `${login}@users.noreply.github.com`),
  ]);
  const addresses = new Set([
    ...claimed.map(canonicalAddress),
    ...confirmed.keys(),
  ]);
  return [...addresses].flatMap(email => {
    const found = link(email);
    return found.type === 'person'
      ? {
          email,
          personId: found.person.personRef,
          active: found.person.active,
          apart: found.confirmed,
        }
      : [];
  });
}

/**
 * Whom evidence of a history is of: who the catalog says, or whoever has that address
 * when it is looked at.
 */
function namedBy(
  contact: { personId?: string; name: string; emails: readonly string[] },
  link: (email: string) => IdentityLink,
): Pick<HistoryEvidence, 'personRef' | 'email' | 'displayName'> {
  const [email = ''] = contact.emails;
  const found = link(email);
  const isCatalog =
    contact.personId !== undefined &&
    !(found.type === 'person' && found.confirmed);
  return {
    personRef: isCatalog ? contact.personId : undefined,
    email: (!isCatalog && fits(email) && canonicalAddress(email)) || undefined,
    displayName: contact.name.slice(0, MAX_LENGTH),
  };
}

/** The addresses of everybody in a history, in lower case and order. */
export function contributorsOf(answer: HistoryAnswer): string[] {
  const emails = answer.territories.flatMap(({ people, documents }) =>
    [
      ...people,
      // Who may have changed nothing else of it.
      ...documents.flatMap(document => document.contentChangedBy),
    ].flatMap(person => person.emails),
  );
  return [
    ...new Set(emails.filter(fits).map(email => email.toLowerCase())),
  ].sort();
}

/** No real address is longer (RFC 5321), but commits may say anything. */
function fits(email: string): boolean {
  return email.length <= MAX_LENGTH;
}

/** The answer without those of whom nothing is kept. */
export function withoutErased(
  answer: HistoryAnswer,
  isErased: (email: string) => boolean,
): HistoryAnswer {
  const isKept = ({ emails }: { emails: readonly string[] }) =>
    !emails.some(isErased);
  return {
    ...answer,
    territories: answer.territories.map(territory => {
      const places = new Map<number, number>();
      const people = territory.people.filter((person, place) => {
        if (isKept(person)) {
          places.set(place, places.size);
        }
        return places.has(place);
      });
      return {
        ...territory,
        people,
        reviewers: territory.reviewers.filter(isKept),
        documents: territory.documents.map(document => ({
          ...document,
          contentChangedBy: document.contentChangedBy.filter(isKept),
        })),
        knownBy: territory.knownBy.map(known =>
          known.flatMap(place => places.get(place) ?? []),
        ),
        authorship: territory.authorship.map(({ authors, files }) => ({
          authors: authors.flatMap(place => places.get(place) ?? []),
          files,
        })),
      };
    }),
  };
}

/** Who changed the content of documents last, once each, with how many they are. */
function documentedIn(
  territory: HistoryAnswer['territories'][number],
  link: (email: string) => IdentityLink,
  url: string | undefined,
): HistoryEvidence[] {
  const found = new Map<string, HistoryEvidence>();
  for (const document of territory.documents) {
    for (const contact of document.contentChangedBy) {
      const named = namedBy(contact, link);
      const key = JSON.stringify(
        named.personRef ?? [named.email, named.displayName],
      );
      const before = found.get(key);
      const isLatest = !before || document.contentChangedAt > before.latestAt;
      found.set(key, {
        entityRef: territory.id,
        kind: 'documented',
        ...named,
        latestAt: isLatest ? document.contentChangedAt : before.latestAt,
        count: (before?.count ?? 0) + 1,
        url: isLatest
          ? url && `${url}/commit/${document.contentChangedCommit}`
          : before.url,
      });
    }
  }
  return [...found.values()];
}

/** Turns the answer of git-knowledge into what the ledger keeps of it. */
export function toReading(options: {
  located: readonly LocatedEntity[];
  answer: HistoryAnswer;
  requestHash: string;
  now: string;
  link: (email: string) => IdentityLink;
}): HistoryReading {
  const { located, answer, requestHash, now, link } = options;
  const [first] = located;
  const repository =
    first.source.type === 'repository' ? first.source.repository : '';
  const url = first.source.type === 'repository' ? first.source.url : undefined;
  const emails = contributorsOf(answer);
  const ambiguous = emails.filter(email => link(email).type === 'ambiguous');
  return {
    repository,
    head: answer.head,
    requestHash,
    readAt: now,
    notices: [
      ...answer.problems.map(problem => problem.message),
      ...(ambiguous.length > 0
        ? [
            `Addresses in its history belong to several people of the catalog (${ambiguous.length}), so they count for none of them.`,
          ]
        : []),
    ],
    contributors: emails.map(email => ({
      email,
      login: loginOfNoreplyAddress(email),
    })),
    evidence: answer.territories.flatMap(territory => [
      ...territory.people
        // The generous cut for knowing code; see git-knowledge's README. Documents are
        // no code, so that who changed nothing else has authored nothing.
        .filter(person => person.knownFiles > 0)
        .map(person => ({
          entityRef: territory.id,
          kind: 'authored' as const,
          ...namedBy(person, link),
          latestAt: person.latestAt,
          count: person.commits,
          url: url && `${url}/commit/${person.latestCommit}`,
        })),
      ...documentedIn(territory, link, url),
    ]),
    documents: answer.territories.flatMap(territory =>
      territory.documents.map(
        ({
          contentChangedCommit: _commit,
          contentChangedBy: _people,
          commitsSince: _commits,
          ...document
        }) => ({
          ...document,
          entityRef: territory.id,
          id: fingerprint([repository, territory.id, document.path]).slice(
            0,
            32,
          ),
          url: url && `${url}/blob/${answer.head}/${document.path}`,
        }),
      ),
    ),
    absenceFactors: answer.territories.map(territory => ({
      entityRef: territory.id,
      factors: territory.absenceFactor,
      authorship: territory.authorship.map(({ authors, files }) => ({
        // At present, authors are people of the catalog.
        authors: authors.flatMap(
          place => territory.people[place].personId ?? [],
        ),
        files,
      })),
    })),
    paths: answer.territories.flatMap(territory =>
      territory.paths.map((path, index) => ({
        path,
        entityRef: territory.id,
        // As evidence tells of them: who is in the catalog, or by name.
        knownBy: territory.knownBy[index].map(place =>
          namedBy(territory.people[place], link),
        ),
      })),
    ),
    bots: answer.bots.map(({ email, name, reason }) => ({
      address: email.toLowerCase(),
      name,
      reason,
    })),
  };
}
