// @ts-check

/**
 * Who holds a ticket, and when they were last seen: what a dead process held is given to
 * another one long before its lease ends.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('workers', table => {
    table.comment('Processes that do work, as long as they live');
    table.string('id').primary();
    table.string('seen_at').notNullable();
  });
  await knex.schema.alterTable('tickets', table => {
    table
      .string('worker')
      .comment(
        'Who holds the lease; absent where nobody looks whether they live',
      );
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('tickets', table => {
    table.dropColumn('worker');
  });
  await knex.schema.dropTable('workers');
};
