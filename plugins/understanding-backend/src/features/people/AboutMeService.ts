import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AboutMe,
  EvidenceKind,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { UnderstandingConfig } from '../../config';
import { EvidenceRow } from '../../database/tables';
import { Access } from '../../permissions/Access';
import type { KnownEntityReader } from '../entities/KnownEntityReader';
import { EXPLANATIONS } from '../explanations/ExplainedEvidence';
import type { DraftStore } from '../explanations/drafts/DraftStore';
import type { AnswerStore } from '../failure-modes/AnswerStore';
import type { IdentityStore } from './IdentityStore';
import { toIdentityLink } from './identityLinks';
import { ON_CALL, onCallNames } from './onCallNames';
import { HostLogin, PeopleStore } from './PeopleStore';
import { INCIDENTS } from '../ingest/incidents/OperationStore';
import { isOnCall } from '../ingest/on-call/OnCallStore';
import { ACTORS } from './personalData';
import type { RenameStore } from './RenameStore';
import { calledNow } from './StatementService';
import { HAND, StatementStore } from './StatementStore';

export interface AboutMeServiceOptions {
  readonly knex: Knex;
  readonly access: Access;
  readonly people: PeopleStore;
  readonly identities: IdentityStore;
  readonly renames: RenameStore;
  readonly statements: StatementStore;
  readonly answers: AnswerStore;
  readonly known: KnownEntityReader;
  readonly drafts: DraftStore;
  readonly config: UnderstandingConfig;
}

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Tells people all that is stored about them. This is the one list of a person's
 * entities, and it is for nobody else; that a policy hides an entity from somebody
 * does not hide what is said of them.
 */
export class AboutMeService {
  readonly #options: AboutMeServiceOptions;

  static create(options: AboutMeServiceOptions): AboutMeService {
    return new AboutMeService(options);
  }

  private constructor(options: AboutMeServiceOptions) {
    this.#options = options;
  }

  async get(credentials: BackstageCredentials): Promise<AboutMe> {
    const { access, config, people, identities, renames, statements } =
      this.#options;
    const personRef = access.callerOf(credentials);
    const refs = await renames.allOf(personRef);
    const accounts = (await people.accountsOf([personRef])).get(personRef);
    const catalog = await people.getRecord(personRef, accounts ?? []);
    const confirmed = await identities.confirmedOf([personRef]);
    const links = await identities.listLinks({ personRef });
    const corrections = await statements.listCorrections({
      personRefs: refs,
    });
    return {
      personRef,
      catalog,
      evidence: await this.#evidenceOf(refs, {
        accounts: [
          ...(accounts ?? []),
          ...confirmed.accounts,
          ...refs.flatMap(onCallNames).map(login => ({ host: ON_CALL, login })),
        ],
        emails: [
          ...(catalog?.email ? [catalog.email] : []),
          ...confirmed.emails,
        ],
      }),
      handEvidence: (await statements.listOf(refs)).map(one =>
        calledNow(one, refs),
      ),
      identities: links.map(row =>
        toIdentityLink(row, catalog?.displayName ?? personRef),
      ),
      corrections: corrections.map(({ entityRef, correction }) => ({
        entityRef,
        correction,
      })),
      records: await this.#recordsOf(refs),
      drafts: await this.#options.drafts.listOf(refs),
      suggested: !(await statements.listOptOuts()).has(personRef),
      freshDays: config.settings.evidence.freshDays,
      keptDays:
        config.retentionSeconds && config.retentionSeconds / DAY_SECONDS,
      namesShown: access.namesShown,
    };
  }

  async #evidenceOf(
    refs: readonly string[],
    named: { accounts: readonly HostLogin[]; emails: readonly string[] },
  ): Promise<AboutMe['evidence']> {
    const found = await this.#options
      .knex<EvidenceRow>('evidence')
      .where(any => {
        any.whereIn('person_ref', refs).orWhereIn('email', named.emails);
        for (const { host, login } of named.accounts) {
          any.orWhere({ host, login });
        }
      })
      .orderBy(['entity_ref', 'kind', 'id']);
    // What several claim is nobody's.
    const linkOf = await this.#options.identities.linker(found);
    const presentOf = await this.#options.renames.presentRefs(refs);
    const rows = found.flatMap(row => {
      const link = row.person_ref ? presentOf(row.person_ref) : linkOf(row);
      return link?.personRef && refs.includes(link.personRef)
        ? { ...row, verified: Boolean(row.verified) && !link.ownWord }
        : [];
    });
    const operated = await this.#options.answers.operatedIn(refs);
    return [
      ...rows.map(row => ({
        entityRef: row.entity_ref,
        kind: row.kind as EvidenceKind,
        latestAt: row.latest_at,
        count: row.count,
        url: row.url ?? undefined,
        verified: row.verified,
        source: sourceOf(row),
      })),
      ...operated.map(one => ({
        ...one,
        kind: 'operated' as const,
        verified: true,
        source: 'test' as const,
      })),
      ...(await this.#walkthroughsOf(refs)),
    ];
  }

  /** As the entities were assessed last. */
  async #walkthroughsOf(
    authors: readonly string[],
  ): Promise<AboutMe['evidence']> {
    const { knex, known } = this.#options;
    const refs: string[] = await knex('walkthrough_versions')
      .whereIn('author_ref', authors)
      .distinct('entity_ref')
      .orderBy('entity_ref')
      .pluck('entity_ref');
    const found: AboutMe['evidence'] = [];
    for (const { summary, understanding } of await known.read(refs)) {
      const { entityRef } = summary;
      const mine = understanding.people.find(
        one => one.personRef && authors.includes(one.personRef),
      );
      for (const { walkthrough, freshness: _, ...one } of mine?.evidence ??
        []) {
        if (walkthrough) {
          found.push({ ...one, entityRef, source: 'explanation' });
        }
      }
    }
    return found;
  }

  async #recordsOf(refs: readonly string[]): Promise<AboutMe['records']> {
    const records = [];
    for (const { table, column, what } of ACTORS) {
      const [row] = await this.#options
        .knex(table)
        .whereIn(column, refs)
        .count({ count: '*' });
      if (Number(row.count) > 0) {
        records.push({ what, count: Number(row.count) });
      }
    }
    return records;
  }
}

function sourceOf(row: EvidenceRow): AboutMe['evidence'][number]['source'] {
  if (row.source === HAND) {
    return 'hand';
  }
  if (row.source === INCIDENTS) {
    return 'incident';
  }
  if (isOnCall(row)) {
    return 'on-call';
  }
  if (row.source === EXPLANATIONS) {
    return 'explanation';
  }
  return row.host === null ? 'history' : 'host';
}
