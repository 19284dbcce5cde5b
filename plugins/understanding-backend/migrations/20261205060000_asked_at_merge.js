// @ts-check

/**
 * What entities asked for when a change of theirs was merged, which holds for good.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('explanations', table => {
    table.text('asked').comment('Policy and gate by entity, as JSON');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('explanations', table => {
    table.dropColumn('asked');
  });
};
