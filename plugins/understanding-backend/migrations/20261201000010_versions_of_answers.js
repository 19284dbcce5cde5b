// @ts-check

/**
 * Versions of what people say of edges, tests and assumptions, so that of two who
 * change the same one is told. Earlier versions of assumptions were not kept: their
 * history begins with the present one.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  for (const name of [
    'edge_classifications',
    'edge_acceptances',
    'edge_expectations',
    'promises',
    'failure_tests',
  ]) {
    await knex.schema.alterTable(name, table => {
      table.integer('version').notNullable().defaultTo(1);
    });
  }
  await knex.schema.createTable('assumption_versions', table => {
    table.comment('Every version of every assumption');
    table.string('assumption_id').notNullable();
    table.integer('version').notNullable();
    table.text('content').notNullable().comment('AssumptionContent as JSON');
    table.string('changed_at').notNullable();
    table.string('changed_by').notNullable();
    table.primary(['assumption_id', 'version'], 'assumption_versions_pk');
  });
  await knex('assumption_versions').insert(
    knex('assumptions').select(
      'id as assumption_id',
      'version',
      'content',
      'updated_at as changed_at',
      'updated_by as changed_by',
    ),
  );
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('assumption_versions');
  for (const name of [
    'failure_tests',
    'promises',
    'edge_expectations',
    'edge_acceptances',
    'edge_classifications',
  ]) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn('version');
    });
  }
};
