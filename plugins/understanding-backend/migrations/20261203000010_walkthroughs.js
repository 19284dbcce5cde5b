// @ts-check

/**
 * Walkthroughs: explanations of whole entities with every version that there was, what
 * second persons found of them, and whether records helped their readers.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('walkthrough_versions', table => {
    table.comment(
      'Every version of the walkthrough of an entity; never deleted',
    );
    table.string('entity_ref').notNullable();
    table.integer('version').notNullable().comment('From 1 on');
    table.string('at').notNullable();
    table.string('author_ref').notNullable();
    table
      .string('digest', 64)
      .notNullable()
      .comment('The same for versions that say the same');
    table.text('answers').notNullable().comment('WalkthroughAnswer[] as JSON');
    table.primary(['entity_ref', 'version'], 'walkthrough_versions_pk');
  });
  await knex.schema.createTable('walkthrough_assessments', table => {
    table.comment('What second persons found; never deleted');
    table.string('id').primary();
    table.string('entity_ref').notNullable();
    table.integer('version').notNullable();
    table.string('at').notNullable();
    table.string('reviewer_ref').notNullable();
    table.string('result').notNullable();
    table.text('rubric').notNullable().comment('JSON');
    table.text('note');
    table.index(['entity_ref', 'at'], 'walkthrough_assessments_idx');
  });
  await knex.schema.createTable('readings', table => {
    table.comment(
      'Whether a record helped its reader; weighs on the record, and on nobody',
    );
    table
      .string('record_id')
      .notNullable()
      .comment('Of an explanation, or walkthrough and version');
    table.string('reader_ref').notNullable();
    table.boolean('helped').notNullable();
    table.string('at').notNullable();
    table.primary(['record_id', 'reader_ref'], 'readings_pk');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'readings',
    'walkthrough_assessments',
    'walkthrough_versions',
  ]) {
    await knex.schema.dropTable(table);
  }
};
