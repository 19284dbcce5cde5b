// @ts-check

/**
 * Who knows each file, so that a path is answered by those who know that part.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('paths', table => {
    // Ids and not people: whose evidence is removed is not known here either.
    table.text('known_by').comment('JSON array of ids of evidence');
  });
  // Every history is read once more.
  await knex('repositories').update({ request_hash: null });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('paths', table => {
    table.dropColumn('known_by');
  });
};
