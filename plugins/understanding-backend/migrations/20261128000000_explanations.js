// @ts-check

/**
 * Explanations of changes: every text that there was, on which head, and what reviewers
 * found of it. The state of an explanation follows from these, and is kept prepared.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('explanations', table => {
    table.comment('One row for each explained change, or explained entities');
    table.string('id').primary();
    table
      .string('change_id')
      .comment('Absent where no host told of the change');
    table.string('host');
    table.string('repository', 1000);
    table.integer('number');
    table.string('url', 2000);
    table.string('head_sha');
    table.string('title', 1000);
    table.string('described_at').comment('When its host told of it last');
    table
      .string('described', 64)
      .comment('Digest of the text in its description now');
    table.string('merged_at');
    table.string('ai_assistance').notNullable();
    table.text('planes').notNullable().comment('JSON array');
    table.string('state').notNullable();
    table.string('digest', 64).comment('Of the text that stands');
    table.boolean('required').notNullable();
    table.text('because').notNullable();
    table.string('sealed_at');
    table.string('sealed_state');
    table.string('debt').comment('open, paid, or absent');
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.unique(['change_id'], { indexName: 'explanations_change_idx' });
    table.index(['host', 'repository', 'number'], 'explanations_number_idx');
    table.index(['url'], 'explanations_url_idx');
    table.index(['created_at', 'id'], 'explanations_created_idx');
    table.index(['state', 'created_at'], 'explanations_state_idx');
  });
  await knex.schema.createTable('explanation_entities', table => {
    table.comment('What is explained');
    table.string('explanation_id').notNullable();
    table.string('entity_ref').notNullable();
    table.primary(['explanation_id', 'entity_ref'], 'explanation_entities_pk');
    table.index(['entity_ref'], 'explanation_entities_entity_idx');
  });
  await knex.schema.createTable('explanation_texts', table => {
    table.comment('Each text once, by what it says');
    table.string('explanation_id').notNullable();
    table.string('digest', 64).notNullable();
    table.text('parsed').notNullable().comment('ParsedExplanation as JSON');
    table
      .text('sketch')
      .notNullable()
      .comment('By which near-duplicates are found, base64; empty where short');
    table
      .string('duplicate_of')
      .comment('The earlier explanation that says nearly the same');
    table.string('written_at').notNullable();
    table.index(['written_at'], 'explanation_texts_written_idx');
    table.primary(['explanation_id', 'digest'], 'explanation_texts_pk');
  });
  await knex.schema.createTable('explanation_versions', table => {
    table.comment('Which text stood on which head, and when; never deleted');
    table.string('explanation_id').notNullable();
    table.string('source').notNullable().comment('description or page');
    table.string('at').notNullable();
    table.string('head_sha').notNullable().comment('Empty where there is none');
    table
      .string('digest', 64)
      .notNullable()
      .comment('Empty where it says nothing');
    table
      .boolean('asked')
      .notNullable()
      .comment('Whether the host was asked, and did not tell by itself');
    table.string('author_ref').comment('Who wrote it on a page');
    table.primary(
      ['explanation_id', 'source', 'at', 'head_sha', 'digest'],
      'explanation_versions_pk',
    );
  });
  await knex.schema.createTable('explanation_authors', table => {
    table.comment('Whoever had a part in a change or its explanation');
    table.string('explanation_id').notNullable();
    table.string('kind').notNullable().comment('login, email or person');
    table.string('value').notNullable();
    table.primary(
      ['explanation_id', 'kind', 'value'],
      'explanation_authors_pk',
    );
    table.index(['kind', 'value'], 'explanation_authors_value_idx');
  });
  await knex.schema.createTable('explanation_heads', table => {
    table.comment('Heads of which the authors of all commits are known');
    table.string('explanation_id').notNullable();
    table.string('head_sha').notNullable();
    table.primary(['explanation_id', 'head_sha'], 'explanation_heads_pk');
  });
  await knex.schema.createTable('explanation_assessments', table => {
    table.comment('What reviewers found; never deleted');
    table.string('id').primary();
    table.string('explanation_id').notNullable();
    table.string('login').comment('On the host of the change');
    table.string('person_ref').comment('Of who assessed on a page');
    table.boolean('bot').notNullable();
    table.string('result').notNullable();
    table.string('at').notNullable();
    table.string('head_sha').comment('Where it was told with it');
    table.string('digest', 64).comment('Of the text, where it is known');
    table.text('rubric').comment('JSON');
    table.text('note');
    table.boolean('withdrawn').notNullable();
    table.index(['explanation_id', 'at'], 'explanation_assessments_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'explanation_assessments',
    'explanation_heads',
    'explanation_authors',
    'explanation_versions',
    'explanation_texts',
    'explanation_entities',
    'explanations',
  ]) {
    await knex.schema.dropTable(table);
  }
};
