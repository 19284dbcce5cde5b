// @ts-check

/**
 * The first tables: the shadow of the catalog, what histories tell, what follows
 * from it, and the two queues (tickets and outbox).
 *
 * Instants are ISO 8601 text in UTC with milliseconds: such text sorts by time, and
 * reads the same from both databases. JSON is text for the same reason.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  // 1. The shadow of the catalog
  await knex.schema.createTable('entities', table => {
    table.comment('Components, APIs, Resources and Systems of the catalog');
    table.string('entity_ref').primary();
    table.string('kind').notNullable();
    table.string('owner_ref');
    table.string('system_ref');
    table.text('shadow').notNullable().comment('ShadowEntity as JSON');
    table.text('location').notNullable().comment('ResolvedSource as JSON');
    table.text('repository').comment('Folder of its repository, when known');
    table.string('hash', 64).notNullable().comment('Of what was read');
    table
      .string('seen_at')
      .notNullable()
      .comment('Begin of the last pass that saw it');
    table.string('removed_at').comment('When it left the catalog');
    table.index(['owner_ref'], 'entities_owner_idx');
    table.index(['repository'], 'entities_repository_idx');
    table.index(['seen_at'], 'entities_seen_idx');
  });
  await knex.schema.createTable('edges', table => {
    table.comment('Directed dependencies; one that leaves is tombstoned');
    table.string('source_ref').notNullable();
    table.string('type').notNullable();
    table.string('target_ref').notNullable();
    table.string('origin').notNullable();
    table.string('criticality').notNullable();
    table.string('first_seen').notNullable();
    table.string('last_seen').notNullable();
    table.string('removed_at');
    table.primary(['source_ref', 'type', 'target_ref'], 'edges_pk');
    table.index(['target_ref'], 'edges_target_idx');
  });
  await knex.schema.createTable('people', table => {
    table.comment('Users of the catalog');
    table.string('person_ref').primary();
    table.string('display_name').notNullable();
    table.string('email');
    table.text('logins').notNullable().comment('JSON array');
    table.text('group_refs').notNullable().comment('JSON array');
    table.string('hash', 64).notNullable();
    table.string('seen_at').notNullable();
    table.string('removed_at').comment('When the person left the catalog');
    table.index(['seen_at'], 'people_seen_idx');
  });
  await knex.schema.createTable('teams', table => {
    table.comment('Groups of the catalog');
    table.string('team_ref').primary();
    table.string('title').notNullable();
    table.text('channels').notNullable().comment('JSON array');
    table.text('member_refs').notNullable().comment('JSON array');
    table.text('child_refs').notNullable().comment('JSON array');
    table.string('hash', 64).notNullable();
    table.string('seen_at').notNullable();
    table.string('removed_at');
    table.index(['seen_at'], 'teams_seen_idx');
  });

  // 2. What histories tell
  await knex.schema.createTable('repositories', table => {
    table.comment('One row for each repository that entities name');
    table.text('repository').primary().comment('Its folder');
    table.string('head');
    table.string('request_hash', 64).comment('Of what the reading depended on');
    table.string('read_at');
    table.text('notices').notNullable().comment('JSON array of sentences');
    table.text('problem').comment('Why it could not be read, in words');
  });
  await knex.schema.createTable('contributors', table => {
    table.comment(
      'Addresses in a history, to find what a new identity touches',
    );
    table.text('repository').notNullable();
    table.string('email').notNullable();
    table.string('login').comment('Of a GitHub noreply address');
    table.primary(['repository', 'email'], 'contributors_pk');
    table.index(['email'], 'contributors_email_idx');
    table.index(['login'], 'contributors_login_idx');
  });
  await knex.schema.createTable('evidence', table => {
    table.comment('Evidence of understanding; a history replaces what it gave');
    table.increments('id');
    table.string('entity_ref').notNullable();
    table.string('kind').notNullable();
    table.text('source').notNullable().comment('The repository that gave it');
    table.string('person_ref').comment('Set where an identity links');
    table.string('display_name').notNullable();
    table.string('latest_at').notNullable();
    table.integer('count').notNullable();
    table.text('url');
    table.boolean('verified').notNullable();
    table.index(['entity_ref'], 'evidence_entity_idx');
    table.index(['source'], 'evidence_source_idx');
  });
  await knex.schema.createTable('documents', table => {
    table.comment('Documents of entities, with the facts that judge them');
    table.string('id', 64).primary();
    table.string('entity_ref').notNullable();
    table.text('repository').notNullable();
    table.text('facts').notNullable().comment('StoredDocument as JSON');
    table.index(['entity_ref'], 'documents_entity_idx');
    table.index(['repository'], 'documents_repository_idx');
  });
  await knex.schema.createTable('absence_factors', table => {
    table.comment('Contributor absence factors, all time and present');
    table.string('entity_ref').primary();
    table.text('repository').notNullable();
    table.text('factors').notNullable().comment('JSON');
  });
  await knex.schema.createTable('paths', table => {
    table.comment('Files below the source paths of entities, for look-ups');
    table.text('repository').notNullable();
    table.text('path').notNullable();
    table.string('entity_ref').notNullable();
    table.index(['repository'], 'paths_repository_idx');
    table.index(['path'], 'paths_path_idx');
    table.index(['entity_ref'], 'paths_entity_idx');
  });

  // 3. What follows
  await knex.schema.createTable('flags', table => {
    table.comment('Findings on entities');
    table.string('id').primary();
    table.string('entity_ref').notNullable();
    table.string('rule').notNullable();
    table.string('severity').notNullable();
    table.text('reasons').notNullable().comment('JSON array');
    table.text('repair').notNullable().comment('JSON');
    table.string('state').notNullable();
    table.string('since').notNullable();
    table.string('resolved_at');
    table.index(['entity_ref'], 'flags_entity_idx');
    table.index(['state', 'since', 'id'], 'flags_state_idx');
  });
  // At most one open flag for each rule and entity, whoever assesses it.
  await knex.raw(
    `CREATE UNIQUE INDEX flags_open_idx ON flags (entity_ref, rule) WHERE state = 'open'`,
  );
  await knex.schema.createTable('summaries', table => {
    table.comment('One prepared row for each entity: what pages read');
    table.string('entity_ref').primary();
    table.string('kind').notNullable();
    table.string('owner_ref');
    table.string('system_ref');
    table.string('plane');
    table.text('search_text').notNullable().comment('Lower case, for words');
    table.string('order_title').notNullable().comment('Lower case');
    table.string('order_owner').notNullable();
    table.string('order_system').notNullable();
    table.integer('order_understood_by').notNullable().comment('-1: unknown');
    table.integer('order_document_state').notNullable().comment('0: worst');
    table.integer('order_flags').notNullable().comment('Weight of open flags');
    table.text('summary').notNullable().comment('EntitySummary as JSON');
    table.text('detail').notNullable().comment('EntityDetail as JSON');
    for (const column of [
      'order_title',
      'order_owner',
      'order_system',
      'order_understood_by',
      'order_document_state',
      'order_flags',
    ]) {
      table.index([column, 'entity_ref'], `summaries_${column}_idx`);
    }
    table.index(['owner_ref'], 'summaries_owner_idx');
    table.index(['system_ref'], 'summaries_system_idx');
  });

  // 4. Queues
  await knex.schema.createTable('tickets', table => {
    table.comment('Work that is due; see TicketQueue');
    table.string('queue').notNullable();
    table.string('key', 1000).notNullable();
    table.string('ticket').notNullable().comment('Fresh whenever it is marked');
    table.string('due_at').notNullable();
    table.string('lease_until');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('last_error');
    table.primary(['queue', 'key'], 'tickets_pk');
    table.index(['queue', 'due_at'], 'tickets_due_idx');
  });
  await knex.schema.createTable('outbox', table => {
    table.comment('Alerts, written in the transaction of their cause');
    table.string('id').primary();
    table.string('dedupe_key', 1000).notNullable();
    table.string('flag_id').notNullable();
    table.string('channel').notNullable();
    table.text('target').notNullable();
    table.text('message').notNullable().comment('AlertMessage as JSON');
    table.string('state').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('created_at').notNullable();
    table.string('settled_at');
    table.text('last_error');
    table.unique(['dedupe_key'], { indexName: 'outbox_dedupe_idx' });
    table.index(['state'], 'outbox_state_idx');
    table.index(['flag_id'], 'outbox_flag_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'outbox',
    'tickets',
    'summaries',
    'flags',
    'paths',
    'absence_factors',
    'documents',
    'evidence',
    'contributors',
    'repositories',
    'teams',
    'people',
    'edges',
    'entities',
  ]) {
    await knex.schema.dropTable(table);
  }
};
