// @ts-check

/**
 * What merge queues try together: on the head of each group a check is shown, which is
 * the worst of those of its changes. Its row in `explanation_checks` has the group's id.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('merge_groups', table => {
    table.comment('Commits that merge queues wait for checks on');
    table.string('id').primary();
    table.string('host').notNullable();
    table.string('repository').notNullable();
    table.string('head_sha').notNullable();
    table
      .string('base_sha')
      .notNullable()
      .comment('The base branch, or the head of the group before');
    table.string('change_id').notNullable().comment('That it adds to its base');
    table.string('since').notNullable();
    table.boolean('over').notNullable();
    table.index(['host', 'repository', 'head_sha'], 'merge_groups_head_idx');
    table.index(['change_id'], 'merge_groups_change_idx');
    table.index(['since'], 'merge_groups_since_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('merge_groups');
};
