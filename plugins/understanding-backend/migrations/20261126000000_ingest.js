// @ts-check

/**
 * Ingest: what change hosts deliver is stored first, and read after. Changes, reviews
 * and comments are kept as their hosts last told of them, and evidence follows from
 * them.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  // 1. What arrives
  await knex.schema.createTable('inbox', table => {
    table.comment(
      'Deliveries of change hosts, committed before they are answered',
    );
    table.string('id').primary();
    table.string('host').notNullable().comment('Id of the change host');
    table.string('delivery_id').comment('By which the host names it');
    table
      .string('digest', 64)
      .notNullable()
      .comment(
        'Of host and body; the header that names a delivery is not signed',
      );
    table.string('event').notNullable();
    table.string('content_type').notNullable();
    table
      .binary('body')
      .comment('As it came; gone when it is settled, unless dead');
    table.integer('size').notNullable().comment('Bytes');
    table.string('received_at').notNullable();
    table.string('state').notNullable();
    table.text('reason').comment('Why it is ignored or dead');
    table.string('settled_at');
    table.unique(['host', 'delivery_id'], { indexName: 'inbox_delivery_idx' });
    table.unique(['digest'], { indexName: 'inbox_digest_idx' });
    table.index(['state', 'received_at', 'id'], 'inbox_state_idx');
    table.index(['host', 'received_at'], 'inbox_host_idx');
    table.index(['settled_at'], 'inbox_settled_idx');
  });

  // 2. What hosts tell
  await knex.schema.createTable('changes', table => {
    table.comment('Pull and merge requests, as their hosts last told of them');
    table.string('id').primary();
    table.string('host').notNullable();
    table.string('repository', 1000).notNullable();
    table.integer('number').notNullable();
    table.string('author').comment('Login; absent for deleted accounts');
    table.boolean('author_is_bot').notNullable();
    table.string('head_sha').notNullable();
    table.string('state').notNullable();
    table.string('updated_at').notNullable().comment('Of the host');
    table.string('merged_at');
    table.string('url', 2000).notNullable();
    table.text('told').notNullable().comment('HostChange as JSON');
    table
      .boolean('read_due')
      .notNullable()
      .comment('Whether the host has to be asked for what no delivery tells');
    table.string('read_head').comment('The head of which it was last asked');
    table
      .text('files')
      .comment('HostFile[] as JSON; absent until it was asked');
    table.boolean('files_truncated').notNullable().defaultTo(false);
    table.integer('lines').comment('Added and deleted');
    table.string('ai_assistance').notNullable();
    table
      .text('assisted_commits')
      .notNullable()
      .comment('What its commits say of agents, JSON array of sentences');
    table.index(['host', 'repository', 'number'], 'changes_number_idx');
    table.index(['host', 'repository', 'updated_at'], 'changes_updated_idx');
    table.index(['author'], 'changes_author_idx');
  });
  // What waits to be read is little, and looked for often.
  await knex.raw(
    `CREATE INDEX changes_read_due_idx ON changes (host, updated_at) WHERE read_due`,
  );
  await knex.schema.createTable('change_entities', table => {
    table.comment('The entities that changes affect');
    table.string('change_id').notNullable();
    table.string('entity_ref').notNullable();
    table.primary(['change_id', 'entity_ref'], 'change_entities_pk');
    table.index(['entity_ref'], 'change_entities_entity_idx');
  });
  await knex.schema.createTable('reviews', table => {
    table.comment('Reviews of changes');
    table.string('id').primary();
    table.string('change_id').notNullable();
    table.string('reviewer').comment('Login');
    table.boolean('reviewer_is_bot').notNullable();
    table.string('verdict').notNullable();
    table.string('submitted_at').notNullable();
    table.text('told').notNullable().comment('HostReview as JSON');
    table.index(['change_id'], 'reviews_change_idx');
  });
  await knex.schema.createTable('comments', table => {
    table.comment('Comments on changes that are commands to us');
    table.string('id').primary();
    table.string('change_id').notNullable();
    table.text('told').notNullable().comment('HostComment as JSON');
    table.index(['change_id'], 'comments_change_idx');
  });
  await knex.schema.createTable('deployments', table => {
    table.comment('What was deployed where, as far as hosts tell');
    table.string('id').primary();
    table.string('host').notNullable();
    table.string('repository', 1000).notNullable();
    table.string('updated_at').notNullable();
    table.text('told').notNullable().comment('HostDeployment as JSON');
    table.index(
      ['host', 'repository', 'updated_at'],
      'deployments_updated_idx',
    );
  });

  // 3. How far the past has been read
  await knex.schema.createTable('host_repositories', table => {
    table.comment('Repositories of change hosts that entities name');
    table.string('host').notNullable();
    table.string('repository', 1000).notNullable();
    table.text('backfill_cursor').comment('Of the host; where to go on');
    table.string('listed_at').comment('When its oldest change was listed');
    table.string('backfilled_at').comment('When all of them had been read');
    table
      .string('swept_until')
      .comment('Newest change seen, by the host’s time');
    table.string('swept_at');
    table.text('problem').comment('Why it cannot be read, in words');
    table.primary(['host', 'repository'], 'host_repositories_pk');
    table.index(['host', 'swept_at'], 'host_repositories_swept_idx');
  });

  await knex.schema.createTable('hosts', table => {
    table.comment('Instances of change hosts');
    table.string('host').primary();
    table
      .string('redelivered_until')
      .comment('Until when it was asked for what it could not deliver');
  });

  // 4. Which entities, and whose evidence
  await knex.schema.alterTable('entities', table => {
    table.string('host').comment('Of its source location, e.g. github.com');
    table.string('host_repository', 1000).comment('E.g. acme/shop');
    table.text('host_paths').comment('Its paths in there, JSON array');
    table.index(['host', 'host_repository'], 'entities_host_repository_idx');
  });
  await knex.schema.alterTable('evidence', table => {
    table.string('host').comment('Of the account, where a host vouches for it');
    table.string('login');
    table.index(['host', 'login'], 'evidence_login_idx');
  });
  await knex.schema.createTable('accounts', table => {
    table.comment(
      'Logins of the catalog’s Users; one of two people is nobody’s',
    );
    table.string('host').notNullable();
    table.string('login').notNullable();
    table.string('person_ref').notNullable();
    table.primary(['host', 'login', 'person_ref'], 'accounts_pk');
    table.index(['person_ref'], 'accounts_person_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('accounts');
  await knex('evidence').whereNotNull('host').delete();
  await knex.schema.alterTable('evidence', table => {
    table.dropIndex(['host', 'login'], 'evidence_login_idx');
    table.dropColumn('host');
    table.dropColumn('login');
  });
  await knex.schema.alterTable('entities', table => {
    table.dropIndex(
      ['host', 'host_repository'],
      'entities_host_repository_idx',
    );
    table.dropColumn('host');
    table.dropColumn('host_repository');
    table.dropColumn('host_paths');
  });
  for (const table of [
    'hosts',
    'host_repositories',
    'deployments',
    'comments',
    'reviews',
    'change_entities',
    'changes',
    'inbox',
  ]) {
    await knex.schema.dropTable(table);
  }
};
