// @ts-check

/**
 * How the dependencies of explanations stood when they were explained, and stand now,
 * by which it is noticed when an explanation is of an older system. What is there
 * already gets both when its entity is assessed next.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('explanation_edges', table => {
    table.string('explained').comment('Criticality at the merge, or gone');
    table.string('present').comment('Criticality now, or gone');
    table.string('changed_at').comment('When the present one was noticed');
    table.index(
      ['source_ref', 'target_ref', 'present'],
      'explanation_edges_source_idx',
    );
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('explanation_edges', table => {
    table.dropIndex(
      ['source_ref', 'target_ref', 'present'],
      'explanation_edges_source_idx',
    );
    table.dropColumn('explained');
    table.dropColumn('present');
    table.dropColumn('changed_at');
  });
};
