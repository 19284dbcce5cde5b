// @ts-check

/**
 * The words by whose beginnings entities are found. Ranges of words and of paths go by
 * bytes: in the order of a language, what begins alike need not stand together.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  await knex.schema.createTable('entity_words', table => {
    table.comment('Beginnings of which words lead to an entity');
    table
      .specificType('word', isPostgres ? 'text COLLATE "C"' : 'text')
      .notNullable()
      .comment('Lower case');
    table.string('entity_ref').notNullable();
    table.primary(['word', 'entity_ref'], 'entity_words_pk');
    table.index(['entity_ref'], 'entity_words_entity_idx');
  });
  if (isPostgres) {
    await knex.raw('ALTER TABLE paths ALTER COLUMN path TYPE text COLLATE "C"');
  }
  // So that the next pass over the catalog writes the words of those that are there.
  await knex('entities').update({ hash: '' });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client === 'pg') {
    await knex.raw(
      'ALTER TABLE paths ALTER COLUMN path TYPE text COLLATE "default"',
    );
  }
  await knex.schema.dropTable('entity_words');
};
