// @ts-check

/**
 * What an explanation is of, beyond the name of a head: heads with the same code share
 * what was found of it; and the files that it explains, by which it is noticed when it
 * explains an older system.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('explanation_heads', table => {
    table
      .string('code', 64)
      .comment('The same for heads with the same code; absent where unknown');
  });
  await knex.schema.createTable('explanation_files', table => {
    table.comment('Files that sealed explanations explain');
    table.string('explanation_id').notNullable();
    table.string('path', 1000).notNullable();
    table.primary(['explanation_id', 'path'], 'explanation_files_pk');
    table.index(['path'], 'explanation_files_path_idx');
  });
  await knex.schema.alterTable('explanations', table => {
    table
      .string('changed_since')
      .comment('When what it explains changed after its merge');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('explanations', table => {
    table.dropColumn('changed_since');
  });
  await knex.schema.dropTable('explanation_files');
  await knex.schema.alterTable('explanation_heads', table => {
    table.dropColumn('code');
  });
};
