// @ts-check

/**
 * The dependencies of all entities as they were last assessed: what the graph is read
 * from at once, without combining relations again.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('graph_edges', table => {
    table.comment('Dependencies with their answers, one row for each');
    table.string('source_ref').notNullable();
    table.string('target_ref').notNullable();
    table.string('type').notNullable();
    table.string('criticality').notNullable();
    table.string('states').notNullable().comment('One word a condition');
    table.integer('required').notNullable();
    table.integer('answered').notNullable();
    table.primary(['source_ref', 'target_ref'], 'graph_edges_pk');
    table.index(['target_ref', 'source_ref'], 'graph_edges_target_idx');
  });
  // Every entity is assessed once more, which fills it.
  await knex('tickets').where({ queue: 'entity' }).update({
    due_at: '2000-01-01T00:00:00.000Z',
  });
  await knex.raw(`
    INSERT INTO tickets (queue, key, ticket, due_at)
    SELECT 'entity', entity_ref, 'graph', '2000-01-01T00:00:00.000Z'
    FROM summaries WHERE NOT EXISTS (
      SELECT 1 FROM tickets WHERE queue = 'entity' AND key = entity_ref
    )`);
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('graph_edges');
};
