// @ts-check

/**
 * Who authors how many files together, so that the absence factor of a system or a team
 * follows from those of its entities.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('absence_factors', table => {
    table
      .text('authorship')
      .comment('JSON: references of people at present, and a number of files');
  });
  // Every history is read once more.
  await knex('repositories').update({ request_hash: null });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('absence_factors', table => {
    table.dropColumn('authorship');
  });
};
