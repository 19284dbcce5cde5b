// @ts-check

/**
 * Which dependencies an explained change is about, so that explanations are found by
 * them. Rows follow from the files of a change and the edges of its entities, and are
 * written whenever an explanation is judged.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('explanation_edges', table => {
    table.comment('Dependencies that the change of an explanation is about');
    table.string('explanation_id').notNullable();
    table.string('source_ref').notNullable();
    table.string('target_ref').notNullable();
    table.primary(
      ['explanation_id', 'source_ref', 'target_ref'],
      'explanation_edges_pk',
    );
    table.index(['target_ref', 'source_ref'], 'explanation_edges_target_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('explanation_edges');
};
