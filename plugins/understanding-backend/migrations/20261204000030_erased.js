// @ts-check

/**
 * Whom nothing is kept of. Digests, so that the addresses in histories that cannot be
 * changed are recognised, and nothing of them is kept again.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('erased', table => {
    table.comment(
      'Digests of addresses and accounts of people who were erased',
    );
    table.string('digest', 64).primary();
    table.string('at').notNullable();
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('erased');
};
