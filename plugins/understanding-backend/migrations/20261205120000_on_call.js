// @ts-check

/**
 * Who is and was on call, as schedules say. What was over when a schedule was read
 * stays, whatever it says later.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('on_call_schedules', table => {
    table.comment('Configured schedules, as they were read last');
    table.string('schedule').primary().comment('As the configuration calls it');
    table.string('read_at').comment('When it was read well');
    table.text('problem').comment('Why it could not be read since');
    table.text('notices').notNullable().comment('JSON, of what was left out');
  });
  await knex.schema.createTable('on_call_shifts', table => {
    table.comment('Who is and was on call');
    table.string('id', 64).primary().comment('Digest of all else');
    table.string('schedule').notNullable();
    table.string('starts_at').notNullable();
    table.string('ends_at').notNullable();
    table.string('email');
    table.string('host').comment('on-call, where the schedule has a name only');
    table.string('login').comment('That name, in lower case');
    table.string('display_name').notNullable();
    table.index(['schedule', 'ends_at'], 'on_call_shifts_schedule_idx');
    table.index(['email'], 'on_call_shifts_email_idx');
    table.index(['host', 'login'], 'on_call_shifts_account_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex('evidence').where('source', 'like', 'on-call:%').delete();
  await knex.schema.dropTable('on_call_shifts');
  await knex.schema.dropTable('on_call_schedules');
};
