// @ts-check

/**
 * What people write of explanations and walkthroughs before they submit it: here, and
 * not among the settings of users, so that it is erased with its author and removed
 * when it grows old.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('explanation_drafts', table => {
    table.comment('Texts that their authors have not submitted yet');
    table.string('person_ref').notNullable();
    table.string('key', 1000).notNullable().comment('What it is of');
    table.text('content').notNullable().comment('Fields of the form as JSON');
    table.string('saved_at').notNullable();
    table.primary(['person_ref', 'key'], 'explanation_drafts_pk');
    table.index(['saved_at'], 'explanation_drafts_saved_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('explanation_drafts');
};
