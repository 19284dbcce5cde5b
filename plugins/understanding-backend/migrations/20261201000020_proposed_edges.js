// @ts-check

/**
 * HARD dependencies that open changes would add to catalog files, so that they can be
 * answered before they are there.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('catalog_file_readings', table => {
    table.comment('Up to which head the catalog files of a change were read');
    table.string('change_id').primary();
    table.string('head_sha').notNullable();
    table.string('read_at').notNullable();
    table.text('problem').comment('Why they could not be read');
  });
  await knex.schema.createTable('proposed_edges', table => {
    table.comment('HARD dependencies that open changes would add');
    table.string('change_id').notNullable();
    table.string('source_ref').notNullable();
    table.string('target_ref').notNullable();
    table.primary(
      ['change_id', 'source_ref', 'target_ref'],
      'proposed_edges_pk',
    );
    table.index(['source_ref'], 'proposed_edges_source_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('proposed_edges');
  await knex.schema.dropTable('catalog_file_readings');
};
