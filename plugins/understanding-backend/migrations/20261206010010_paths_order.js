// @ts-check

/**
 * Paths are read in pages, in their order and that of the entities that hold them.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('paths', table => {
    table.index(['path', 'entity_ref'], 'paths_path_entity_idx');
    table.dropIndex(['path'], 'paths_path_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('paths', table => {
    table.index(['path'], 'paths_path_idx');
    table.dropIndex(['path', 'entity_ref'], 'paths_path_entity_idx');
  });
};
