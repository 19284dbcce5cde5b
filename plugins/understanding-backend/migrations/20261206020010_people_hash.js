// @ts-check

/**
 * The people of an entity on which very many work are megabytes, and most of what has
 * it assessed again changes none of them.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('summaries', table => {
    table
      .string('people_hash')
      .notNullable()
      .defaultTo('')
      .comment(
        'Fingerprint of people, which are written only where they changed',
      );
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('summaries', table => {
    table.dropColumn('people_hash');
  });
};
