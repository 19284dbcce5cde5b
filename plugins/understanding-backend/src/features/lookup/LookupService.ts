import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EntitySummary,
  PersonUnderstanding,
  Question,
  WhoUnderstandsAnswer,
  WhoUnderstandsResponse,
  nobodyUnderstands,
  parseQuestion,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Access, VisibleEntities, isVisible } from '../../permissions/Access';
import { EntityDetail, SummaryStore } from '../entities/SummaryStore';
import { LookupStore, PathMatch } from './LookupStore';

/** More answers than this help nobody at three in the morning. */
const MAX_ANSWERS = 10;
/** Looked at by words where nothing is hidden; where something may be, all are. */
const MAX_CANDIDATES = 200;

interface Candidate {
  readonly entityRef: string;
  readonly matchedBy: string;
  /** What the question names inside of it. */
  readonly path?: string;
}

export interface LookupServiceOptions {
  readonly access: Access;
  readonly summaries: SummaryStore;
  readonly lookups: LookupStore;
}

/** Answers who understands what a question names. */
export class LookupService {
  readonly #options: LookupServiceOptions;

  static create(options: LookupServiceOptions): LookupService {
    return new LookupService(options);
  }

  private constructor(options: LookupServiceOptions) {
    this.#options = options;
  }

  async whoUnderstands(
    query: string,
    credentials: BackstageCredentials,
  ): Promise<WhoUnderstandsResponse> {
    const { access, summaries } = this.#options;
    const { entities, people } = await access.ofLists(credentials);
    const candidates = await this.#find(parseQuestion(query), entities);
    const answers: WhoUnderstandsAnswer[] = [];
    for (const candidate of candidates.slice(0, MAX_ANSWERS)) {
      const found = await summaries.get(candidate.entityRef);
      if (found) {
        answers.push(await this.#answer(candidate, found, people));
      }
    }
    return { query, answers, truncated: candidates.length > MAX_ANSWERS };
  }

  // The most exact reading that finds anything answers. What the caller may not see
  // is left out of each, so that an answer does not tell that it is there.
  async #find(
    question: Question,
    visible: VisibleEntities,
  ): Promise<Candidate[]> {
    const { summaries, lookups } = this.#options;
    const { entityRef, path, link, words } = question;
    if (link) {
      const found = path
        ? await this.#findByPath(path, visible, link.project)
        : [];
      return found.length > 0
        ? found
        : seen(
            await lookups.findByProject(link.host, link.project),
            visible,
          ).map(toCandidate);
    }
    if (
      entityRef &&
      isVisible(visible, entityRef) &&
      (await summaries.get(entityRef))
    ) {
      return [{ entityRef, matchedBy: 'its reference' }];
    }
    const named = await this.#findByWords(words, visible);
    if (path && !named.exact) {
      const found = await this.#findByPath(path, visible);
      if (found.length > 0) {
        return found;
      }
      // A path may begin with the name of its repository, as in an editor's title.
      const slash = path.indexOf('/');
      const inside =
        slash < 0
          ? []
          : await this.#findByPath(
              path.slice(slash + 1),
              visible,
              path.slice(0, slash),
            );
      if (inside.length > 0) {
        return inside;
      }
    }
    return named.candidates;
  }

  async #findByPath(
    path: string,
    visible: VisibleEntities,
    project?: string,
  ): Promise<Candidate[]> {
    const found = await this.#options.lookups.findByPath(path, project);
    return seen(found, visible).map(toCandidate);
  }

  async #findByWords(
    words: readonly string[],
    visible: VisibleEntities,
  ): Promise<{ candidates: Candidate[]; exact: boolean }> {
    if (words.length === 0) {
      return { candidates: [], exact: false };
    }
    const listed = await this.#options.summaries.list(
      { words },
      { field: 'title', direction: 'asc' },
      { limit: visible.type === 'all' ? MAX_CANDIDATES : undefined },
    );
    const found = listed.filter(({ summary }) =>
      isVisible(visible, summary.entityRef),
    );
    const text = words.join(' ');
    const isNamed = ({ name, title }: EntitySummary) =>
      name === text || title.toLowerCase() === text;
    const exact = found.filter(({ summary }) => isNamed(summary));
    const chosen = exact.length > 0 ? exact : found;
    return {
      exact: exact.length > 0,
      candidates: chosen.map(({ summary }) => ({
        entityRef: summary.entityRef,
        matchedBy:
          exact.length > 0 ? 'its name' : `the words “${words.join(' ')}”`,
      })),
    };
  }

  async #answer(
    candidate: Candidate,
    found: { summary: EntitySummary; detail: EntityDetail },
    names: boolean,
  ): Promise<WhoUnderstandsAnswer> {
    const { summary, detail } = found;
    return {
      entityRef: summary.entityRef,
      title: summary.title,
      example: summary.example,
      matchedBy: candidate.matchedBy,
      people: names ? detail.people : undefined,
      understoodBy: summary.understoodBy,
      part: candidate.path
        ? {
            path: candidate.path,
            people: names
              ? await this.#knowersOf(candidate.path, summary, detail.people)
              : undefined,
          }
        : undefined,
      nobody: nobodyUnderstands({
        ...summary,
        ...detail.understandingRule,
        people: detail.people,
        names,
      }),
      fallback: fallbackOf(summary),
    };
  }

  async #knowersOf(
    path: string,
    { entityRef }: EntitySummary,
    people: readonly PersonUnderstanding[],
  ) {
    const { personRefs, names } = await this.#options.lookups.knowersOf(
      entityRef,
      path,
    );
    return people
      .filter(({ personRef, displayName }) =>
        personRef ? personRefs.has(personRef) : names.has(displayName),
      )
      .map(({ personRef, displayName, status }) => ({
        personRef,
        displayName,
        status,
      }));
  }
}

function seen(
  matches: readonly PathMatch[],
  visible: VisibleEntities,
): PathMatch[] {
  return matches.filter(match => isVisible(visible, match.entityRef));
}

function toCandidate(match: PathMatch): Candidate {
  return {
    entityRef: match.entityRef,
    path: match.path || undefined,
    matchedBy: match.path
      ? `the path ${match.path} of ${match.repository}`
      : `its repository ${match.repository}`,
  };
}

function fallbackOf(summary: EntitySummary): WhoUnderstandsAnswer['fallback'] {
  return summary.ownerRef && summary.ownerTitle
    ? [
        {
          message: `${summary.ownerTitle} owns it`,
          entityRef: summary.ownerRef,
        },
      ]
    : [
        {
          message: summary.ownerRef
            ? `Its owner ${summary.ownerRef} is not in the catalog`
            : 'Nobody owns it',
        },
      ];
}
