// @ts-check

/**
 * Of an entity on which very many work, only the first of them are prepared; whoever
 * needs all of them judges anew. Who understands it is kept by reference, for lists
 * that add people up.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('summaries', table => {
    table.dropColumn('people_hash');
    table
      .integer('more_people')
      .notNullable()
      .defaultTo(0)
      .comment('How many have evidence of it beside those in people');
    table
      .text('experts')
      .notNullable()
      .defaultTo('[]')
      .comment('References of all who understand it and can be asked, as JSON');
  });
  // So that the next pass over the catalog has every entity assessed.
  await knex('entities').update({ hash: '' });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('summaries', table => {
    table.dropColumn('more_people');
    table.dropColumn('experts');
    table
      .string('people_hash')
      .notNullable()
      .defaultTo('')
      .comment(
        'Fingerprint of people, which are written only where they changed',
      );
  });
  await knex('entities').update({ hash: '' });
};
