// @ts-check

/**
 * Whether a host still shows what was written there.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('explanation_checks', table => {
    table
      .boolean('doubted')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the host is to be asked what it shows');
    table.string('verified_at').comment('When it showed what was written');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('explanation_checks', table => {
    table.dropColumn('verified_at');
    table.dropColumn('doubted');
  });
};
