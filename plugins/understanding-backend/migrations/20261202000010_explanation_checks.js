// @ts-check

/**
 * What hosts show of explanations: the state that is wanted on each head, and the one
 * that was written there; who let a change through without an accepted explanation; and
 * whether those who assess may review on the host.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('explanation_checks', table => {
    table.comment('One row for each head on which a check is shown');
    table.string('change_id').notNullable();
    table.string('head_sha').notNullable();
    table.string('state').notNullable().comment('That is wanted there');
    table.text('title').notNullable();
    table.string('digest', 64).notNullable().comment('Of all that is wanted');
    table.string('since').notNullable().comment('When the head was first seen');
    table.string('written_state').comment('Absent until it is written');
    table.string('written_digest', 64);
    table.string('written_at');
    table.string('looked_at').notNullable();
    table.text('problem').comment('Why it cannot be written');
    table.primary(['change_id', 'head_sha'], 'explanation_checks_pk');
    table.index(
      ['written_state', 'looked_at'],
      'explanation_checks_written_idx',
    );
  });
  await knex.schema.createTable('explanation_bypasses', table => {
    table.comment('Who let a change through, and why; never deleted');
    table.string('id').primary();
    table.string('explanation_id').notNullable();
    table.string('source').notNullable().comment('label or command');
    table.string('login').comment('Hosts do not tell who set a label');
    table.boolean('bot').notNullable();
    table.text('reason').notNullable();
    table.string('at').notNullable();
    table.string('head_sha').comment('Of a label');
    table.boolean('withdrawn').notNullable();
    table.boolean('may_review').comment('As the host tells; absent until then');
    table.string('audited_at').comment('When the audit log was told');
    table.index(['explanation_id', 'at'], 'explanation_bypasses_idx');
  });
  await knex.schema.alterTable('explanation_assessments', table => {
    table.boolean('may_review').comment('As the host tells; absent until then');
  });
  // They counted before hosts were asked.
  await knex('explanation_assessments').update({ may_review: true });
  await knex.schema.alterTable('explanations', table => {
    table.string('gate').notNullable().defaultTo('advisory');
  });
  await knex.schema.alterTable('hosts', table => {
    table.string('checks_paused_until').comment('Until when it has us wait');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('hosts', table => {
    table.dropColumn('checks_paused_until');
  });
  await knex.schema.alterTable('explanations', table => {
    table.dropColumn('gate');
  });
  await knex.schema.alterTable('explanation_assessments', table => {
    table.dropColumn('may_review');
  });
  await knex.schema.dropTable('explanation_bypasses');
  await knex.schema.dropTable('explanation_checks');
};
