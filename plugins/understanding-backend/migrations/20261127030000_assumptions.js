// @ts-check

/**
 * What the design of entities rests on, and what was found when somebody looked.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('assumptions', table => {
    table.comment('Assumptions and limits of entities');
    table.string('id').primary();
    table.string('entity_ref').notNullable();
    table.integer('version').notNullable();
    table.text('content').notNullable().comment('AssumptionContent as JSON');
    table.string('created_at').notNullable();
    table.string('updated_at').notNullable();
    table.string('updated_by').notNullable();
    table.index(['entity_ref'], 'assumptions_entity_idx');
    table.index(['created_at', 'id'], 'assumptions_created_idx');
  });
  await knex.schema.createTable('assumption_verifications', table => {
    table.comment('What was found when somebody looked at an assumption');
    table.increments('id');
    table.string('assumption_id').notNullable();
    table.string('result').notNullable();
    table.text('note');
    table.string('verified_at').notNullable();
    table.string('verified_by').notNullable();
    table.index(['assumption_id', 'id'], 'assumption_verifications_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('assumption_verifications');
  await knex.schema.dropTable('assumptions');
};
