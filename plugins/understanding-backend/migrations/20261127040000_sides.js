// @ts-check

/**
 * The two sides of dependencies: what consumers count on, and what providers promise.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('edge_expectations', table => {
    table.comment('What an entity counts on when it depends on another');
    table.string('source_ref').notNullable();
    table.string('target_ref').notNullable();
    table.text('content').notNullable().comment('Expectation as JSON');
    table.string('said_by').notNullable();
    table.string('said_at').notNullable();
    table.primary(['source_ref', 'target_ref'], 'edge_expectations_pk');
    table.index(['target_ref'], 'edge_expectations_target_idx');
  });
  await knex.schema.createTable('promises', table => {
    table.comment('What an entity promises to all that depend on it');
    table.string('entity_ref').primary();
    table.text('content').notNullable().comment('Promised as JSON');
    table.string('said_by').notNullable();
    table.string('said_at').notNullable();
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('promises');
  await knex.schema.dropTable('edge_expectations');
};
