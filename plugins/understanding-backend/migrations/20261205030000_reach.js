// @ts-check

/**
 * How people can be reached, as far as the catalog says it.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('people', table => {
    table.string('chat').comment('Handle, id or address of a chat');
    table.index(['chat'], 'people_chat_idx');
    table.string('time_zone').comment('As in the database of IANA');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('people', table => {
    table.dropIndex(['chat'], 'people_chat_idx');
    table.dropColumn('chat');
    table.dropColumn('time_zone');
  });
};
