// @ts-check

/**
 * What people did in incidents, as incident tools told of it. Evidence follows from it;
 * what names a service that no entity has waits until one does.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('operations', table => {
    table.comment('Who acknowledged or resolved incidents');
    table.string('id', 64).primary().comment('Digest of what was done');
    table.string('entity_ref').comment('Where the tool names the entity');
    table.string('service').comment('Otherwise its id of the service');
    table.string('host').comment('Of the account');
    table.string('login');
    table.string('email');
    table.string('display_name').notNullable();
    table.string('at').notNullable();
    table.text('url');
    table.index(['entity_ref'], 'operations_entity_idx');
    table.index(['service'], 'operations_service_idx');
  });
  await knex.schema.alterTable('entities', table => {
    table.string('incident_service').comment('pagerduty.com/service-id');
    table.index(['incident_service'], 'entities_incident_service_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex('evidence').where({ source: 'incidents' }).delete();
  await knex.schema.alterTable('entities', table => {
    table.dropIndex(['incident_service'], 'entities_incident_service_idx');
    table.dropColumn('incident_service');
  });
  await knex.schema.dropTable('operations');
};
