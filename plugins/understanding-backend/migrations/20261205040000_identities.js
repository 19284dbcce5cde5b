// @ts-check

/**
 * Who is who, as far as people decided it, and what is needed to apply that without
 * reading histories anew: the address under which evidence of nobody known stands.
 * Readings fill it; until then, nothing can be confirmed of it.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('identity_links', table => {
    table.comment('What people decided about who an address or account is');
    table.string('type').notNullable().comment('email or account');
    table.string('value').notNullable().comment('Account: <host>/<login>');
    table.string('person_ref').notNullable();
    table.string('state').notNullable().comment('confirmed or refused');
    table.string('decided_by').notNullable();
    table.string('decided_at').notNullable();
    table.boolean('from_mailmap').notNullable();
    table.primary(['value', 'type', 'person_ref'], 'identity_links_pk');
    table.index(['person_ref'], 'identity_links_person_idx');
  });
  await knex.schema.createTable('bots', table => {
    table.comment('Contacts of histories whose changes are of nobody, and why');
    table.text('repository').notNullable();
    table.string('address').notNullable();
    table.string('name').notNullable();
    table.string('reason').notNullable();
    table.index(['repository'], 'bots_repository_idx');
    table.index(['address'], 'bots_address_idx');
  });
  await knex.schema.alterTable('evidence', table => {
    table
      .string('email')
      .comment('Canonical, where the catalog does not say whose it is');
    table.index(['email'], 'evidence_email_idx');
  });
  // Every history tells it once more.
  await knex('repositories').update({ request_hash: null });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('evidence', table => {
    table.dropIndex(['email'], 'evidence_email_idx');
    table.dropColumn('email');
  });
  await knex.schema.dropTable('bots');
  await knex.schema.dropTable('identity_links');
};
