// @ts-check

/**
 * Failure modes with every version, what people say of them, the tests that show them,
 * and what was accepted instead. They name entities by reference alone, so that they
 * outlast whatever the catalog says of these.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('failure_modes', table => {
    table.comment('The present version of each failure mode');
    table.string('id').primary();
    table.string('entity_ref').notNullable();
    table.string('target_ref').comment('The dependency that fails');
    table.string('condition');
    table.string('plane').notNullable();
    table.string('origin').notNullable().comment('page or file');
    table.string('file_key').comment('Its id in the file');
    table.integer('version').notNullable();
    table.text('content').notNullable().comment('FailureModeContent as JSON');
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.string('updated_by').notNullable();
    table.string('removed_at');
    table.index(['entity_ref', 'removed_at'], 'failure_modes_entity_idx');
    table.index(['target_ref'], 'failure_modes_target_idx');
    table.index(['created_at', 'id'], 'failure_modes_created_idx');
    table.unique(['entity_ref', 'file_key'], {
      indexName: 'failure_modes_file_idx',
    });
  });
  await knex.schema.createTable('failure_mode_versions', table => {
    table.comment('Every version of every failure mode');
    table.string('failure_mode_id').notNullable();
    table.integer('version').notNullable();
    table.string('action').notNullable();
    table.text('content').notNullable().comment('FailureModeContent as JSON');
    table.string('changed_at').notNullable();
    table.string('changed_by').notNullable();
    table.primary(['failure_mode_id', 'version'], 'failure_mode_versions_pk');
  });
  await knex.schema.createTable('failure_mode_comments', table => {
    table.comment('What people say of failure modes');
    table.string('id').primary();
    table.string('failure_mode_id').notNullable();
    table.text('text').notNullable().comment('Markdown, as written');
    table.string('written_at').notNullable();
    table.string('written_by').notNullable();
    table.index(['failure_mode_id'], 'failure_mode_comments_mode_idx');
  });
  await knex.schema.createTable('failure_mode_files', table => {
    table.comment('The file of each entity, as it was last looked for');
    table.string('entity_ref').primary();
    table.text('repository').notNullable().comment('How pages call it');
    table.string('head').notNullable().comment('The commit looked at');
    table.text('path').comment('Null where there is no file');
    table.string('read_at').notNullable();
    table.boolean('taken').notNullable().comment('Whether a file counts now');
    table.text('problem').comment('Why the last one could not be taken, JSON');
  });
  await knex.schema.createTable('failure_tests', table => {
    table.comment('Tests of failure modes, planned and done');
    table.string('id').primary();
    table.string('failure_mode_id').notNullable();
    table.string('planned_at');
    table.string('performed_at');
    table.string('result');
    table.string('valid_until');
    table.text('content').notNullable().comment('The rest, as JSON');
    table.string('recorded_at').notNullable();
    table.string('recorded_by').notNullable();
    table.index(['failure_mode_id'], 'failure_tests_mode_idx');
  });
  await knex.schema.createTable('failure_test_participants', table => {
    table.comment('Who took part; evidence only once that person confirms it');
    table.string('test_id').notNullable();
    table.string('person_ref').notNullable();
    table.string('confirmed_at');
    table.primary(['test_id', 'person_ref'], 'failure_test_participants_pk');
  });
  await knex.schema.createTable('edge_acceptances', table => {
    table.comment('Conditions of edges about which nothing is done, and why');
    table.string('source_ref').notNullable();
    table.string('target_ref').notNullable();
    table.string('condition').notNullable();
    table.text('reason').notNullable();
    table.string('accepted_by').notNullable();
    table.string('accepted_at').notNullable();
    table.string('accepted_until').notNullable();
    table.primary(
      ['source_ref', 'target_ref', 'condition'],
      'edge_acceptances_pk',
    );
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'edge_acceptances',
    'failure_test_participants',
    'failure_tests',
    'failure_mode_files',
    'failure_mode_comments',
    'failure_mode_versions',
    'failure_modes',
  ]) {
    await knex.schema.dropTable(table);
  }
};
