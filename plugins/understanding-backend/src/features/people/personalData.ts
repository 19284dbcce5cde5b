import { Knex } from 'knex';
import { ON_CALL, onCallNames } from './onCallNames';

/**
 * Where a reference of a person is kept beside their identity and their evidence. To
 * tell people what is stored about them, and to erase it, both go by this list; a test
 * fails when the database has a column that may name people and is not accounted for.
 */
export interface PersonalColumn {
  readonly table: string;
  readonly column: string;
  /** What such a row is, in words, for whom it names. */
  readonly what: string;
}

/** Who did something that stays when they are erased, without saying who it was. */
export const ACTORS: readonly PersonalColumn[] = [
  ['failure_modes', 'updated_by', 'failure modes that you changed last'],
  ['failure_mode_versions', 'changed_by', 'versions of failure modes'],
  ['failure_mode_comments', 'written_by', 'comments on failure modes'],
  ['failure_tests', 'recorded_by', 'failure tests that you recorded'],
  ['edge_acceptances', 'accepted_by', 'risks that you accepted'],
  ['edge_classifications', 'classified_by', 'dependencies that you classified'],
  ['edge_expectations', 'said_by', 'expectations that you wrote down'],
  ['promises', 'said_by', 'promises that you wrote down'],
  ['assumptions', 'updated_by', 'assumptions that you changed last'],
  ['assumption_versions', 'changed_by', 'versions of assumptions'],
  ['assumption_verifications', 'verified_by', 'verifications of assumptions'],
  ['hand_evidence', 'proposed_by', 'evidence that you proposed'],
  ['explanation_versions', 'author_ref', 'versions of explanations'],
  ['explanation_assessments', 'person_ref', 'assessments of explanations'],
  ['explanation_debts', 'told_by', 'debts that you said a session paid'],
  ['explanation_exemptions', 'created_by', 'exemptions that you made'],
  ['explanation_exemptions', 'ended_by', 'exemptions that you ended'],
  ['explanation_exemptions', 'owner_ref', 'exemptions that you answer for'],
  ['identity_links', 'decided_by', 'decisions about who is who'],
  ['walkthrough_versions', 'author_ref', 'versions of walkthroughs'],
  ['walkthrough_assessments', 'reviewer_ref', 'assessments of walkthroughs'],
].map(([table, column, what]) => ({ table, column, what }));

/** What is about somebody, and goes when they are erased. */
export const SUBJECTS: readonly PersonalColumn[] = [
  ['failure_test_participants', 'person_ref', 'failure tests with you'],
  ['hand_evidence', 'person_ref', 'evidence by hand about you'],
  ['corrections', 'person_ref', 'corrections by you'],
  ['opt_outs', 'person_ref', 'wish not to be suggested'],
  ['identity_links', 'person_ref', 'addresses and accounts said to be yours'],
  ['readings', 'reader_ref', 'whether explanations helped you'],
  ['explanation_drafts', 'person_ref', 'drafts of explanations'],
  ['accounts', 'person_ref', 'accounts on change hosts'],
  ['evidence', 'person_ref', 'evidence from histories and by hand'],
  ['people', 'person_ref', 'your User of the catalog'],
].map(([table, column, what]) => ({ table, column, what }));

/** What names people by addresses and accounts. */
export const BY_NAME = ['evidence', 'operations', 'on_call_shifts'];

/** What is about somebody by their reference, or by what schedules call them. */
export function rowsAbout(knex: Knex, personRef: string): Knex.QueryBuilder[] {
  return [
    ...SUBJECTS.map(({ table, column }) =>
      knex(table).where({ [column]: personRef }),
    ),
    ...BY_NAME.map(table =>
      knex(table)
        .where({ host: ON_CALL })
        .whereIn('login', onCallNames(personRef)),
    ),
    knex('explanation_authors').where({ kind: 'person', value: personRef }),
    knex('identity_links').where({ type: 'user', value: personRef }),
  ];
}

/** What they did, which stays without saying that it was them. */
export function rowsBy(knex: Knex, personRef: string) {
  return ACTORS.map(({ table, column }) => ({
    rows: knex(table).where({ [column]: personRef }) as Knex.QueryBuilder,
    column,
  }));
}
