// @ts-check

/**
 * Leave not to explain the changes of an entity, for a time.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('explanation_exemptions', table => {
    table.comment('Never deleted, so that what held at a merge can be told');
    table.string('id').primary();
    table.string('entity_ref').notNullable();
    table.text('reason').notNullable();
    table.string('owner_ref').notNullable().comment('Who answers for it');
    table.string('until').notNullable();
    table.string('created_by').notNullable();
    table.string('created_at').notNullable();
    table.string('ended_at').comment('When it was taken back');
    table.string('ended_by');
    table.index(['entity_ref', 'until'], 'explanation_exemptions_entity_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('explanation_exemptions');
};
