// @ts-check

/**
 * Who understands an entity is prepared apart from what only its page shows, so that
 * a look-up reads no more than it answers.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('summaries', table => {
    table
      .text('understanding')
      .notNullable()
      .defaultTo('')
      .comment('Understanding as JSON');
  });
  // It holds all of it, and more, until the entity is assessed again.
  await knex('summaries').update({ understanding: knex.ref('detail') });
  // So that the next pass over the catalog has every entity assessed.
  await knex('entities').update({ hash: '' });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  // Both are objects, of which the second one's values go before the first one's.
  await knex('summaries').update({
    detail: knex.raw(
      `substr(detail, 1, length(detail) - 1) || ',' || substr(understanding, 2)`,
    ),
  });
  await knex.schema.alterTable('summaries', table => {
    table.dropColumn('understanding');
  });
};
