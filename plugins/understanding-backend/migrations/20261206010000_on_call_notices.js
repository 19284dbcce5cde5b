// @ts-check

/**
 * What was left out of a schedule was told by words that may name people. It is told
 * anew, without them, when the schedule is read next, which is when the process begins.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex('on_call_schedules').update({ notices: '[]' });
};

/**
 * What is told now can stay.
 */
exports.down = async function down() {};
