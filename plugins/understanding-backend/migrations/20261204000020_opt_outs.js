// @ts-check

/**
 * Who does not want to be suggested to learn or review anything.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('opt_outs', table => {
    table.comment('People who do not want to be suggested');
    table.string('person_ref').primary();
    table.string('at').notNullable();
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('opt_outs');
};
