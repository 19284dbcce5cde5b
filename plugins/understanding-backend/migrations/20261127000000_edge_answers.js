// @ts-check

/**
 * What people say of edges, and which calls were seen. Both stand beside the relations
 * of the catalog, so that a relation that goes and comes back finds them again.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  // Services in traces are called by their name alone.
  await knex.schema.alterTable('entities', table => {
    table.string('name').notNullable().defaultTo('');
    table.index(['name'], 'entities_name_idx');
  });
  await knex('entities').update({
    name: knex.raw(`substr(entity_ref, ${afterSlash(knex)})`),
  });
  await knex.schema.createTable('edge_classifications', table => {
    table.comment('How much an entity depends on another, as people said');
    table.string('source_ref').notNullable();
    table.string('target_ref').notNullable();
    table.string('criticality').notNullable();
    table.text('comment');
    table.string('classified_by').notNullable();
    table.string('classified_at').notNullable();
    table.primary(['source_ref', 'target_ref'], 'edge_classifications_pk');
  });
  await knex.schema.createTable('edge_observations', table => {
    table.comment('Calls from one entity to another that were seen');
    table.string('reporter').notNullable().comment('Who counted them');
    table.string('source_ref').notNullable();
    table.string('target_ref').notNullable();
    table.double('requests').notNullable().comment('The counter, as last read');
    table.string('first_seen').notNullable();
    table.string('last_seen').notNullable();
    table.primary(
      ['source_ref', 'target_ref', 'reporter'],
      'edge_observations_pk',
    );
    table.index(['target_ref'], 'edge_observations_target_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('edge_observations');
  await knex.schema.dropTable('edge_classifications');
  await knex.schema.alterTable('entities', table => {
    table.dropIndex(['name'], 'entities_name_idx');
    table.dropColumn('name');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
function afterSlash(knex) {
  return knex.client.config.client === 'pg'
    ? `strpos(entity_ref, '/') + 1`
    : `instr(entity_ref, '/') + 1`;
}
