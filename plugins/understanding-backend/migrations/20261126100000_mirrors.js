// @ts-check

/**
 * What happened to the mirrors of repositories. It belongs to the repository and not to a
 * disk: what lies on a disk is written there, since each replica may have its own.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('mirrors', table => {
    table.comment('Repositories that are fetched from their hosts');
    table.text('repository').primary().comment('The folder of the mirror');
    table.string('pushed_at').comment('When its host last told of a push');
    table
      .string('fetched_at')
      .comment('Begin of the last fetch that succeeded');
    table.string('tried_at').comment('Begin of the last attempt');
    table
      .integer('failures')
      .notNullable()
      .defaultTo(0)
      .comment('Since it last succeeded');
    table.string('failure_code');
    table.text('failure_message').comment('Why it was not fetched, in words');
    table.string('retry_at').comment('Before it, only a push has it fetched');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('mirrors');
};
