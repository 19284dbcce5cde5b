// @ts-check

/**
 * By which session a debt was paid, and who said so.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('explanation_debts', table => {
    table.string('session_id').comment('Evidence by hand that paid it');
    table.string('told_by').comment('Who said that it was taught there');
    table.index(['session_id'], 'explanation_debts_session_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('explanation_debts', table => {
    table.dropIndex(['session_id'], 'explanation_debts_session_idx');
    table.dropColumn('session_id');
    table.dropColumn('told_by');
  });
};
