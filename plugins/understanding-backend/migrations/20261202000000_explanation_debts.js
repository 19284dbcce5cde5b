// @ts-check

/**
 * What is owed where a change was merged without an accepted explanation, one row for
 * each affected entity that asks for one; who is asked to review it; and what a sealed
 * record keeps of the merge.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('explanation_debts', table => {
    table.comment('Explanations that are owed, or were');
    table.string('explanation_id').notNullable();
    table.string('entity_ref').notNullable();
    table.string('opened_at').notNullable().comment('When it was merged');
    table.string('paid_at');
    table.string('paid_by').comment('explanation or taught-session');
    table.primary(['explanation_id', 'entity_ref'], 'explanation_debts_pk');
    table.index(['entity_ref', 'paid_at'], 'explanation_debts_entity_idx');
    table.index(
      ['opened_at', 'explanation_id', 'entity_ref'],
      'explanation_debts_opened_idx',
    );
  });
  await knex.schema.createTable('explanation_reviewers', table => {
    table.comment('Whose review of an explained change is asked for');
    table.string('explanation_id').notNullable();
    table.string('login').notNullable();
    table.primary(['explanation_id', 'login'], 'explanation_reviewers_pk');
    table.index(['login'], 'explanation_reviewers_login_idx');
  });
  await knex.schema.alterTable('explanations', table => {
    table.string('sealed_sha').comment('The merge commit');
    table.text('sealed_files').comment('Paths as JSON, where all are known');
    table.float('sealed_weight').comment('Of the merged change');
  });
  await knex('explanation_debts').insert(
    knex('explanations')
      .join(
        'explanation_entities',
        'explanation_entities.explanation_id',
        'explanations.id',
      )
      .whereNotNull('debt')
      .select(
        'explanations.id as explanation_id',
        'explanation_entities.entity_ref',
        'sealed_at as opened_at',
        knex.raw(`CASE WHEN debt = 'paid' THEN updated_at END AS paid_at`),
        knex.raw(`CASE WHEN debt = 'paid' THEN 'explanation' END AS paid_by`),
      ),
  );
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('explanations', table => {
    table.dropColumn('sealed_sha');
    table.dropColumn('sealed_files');
    table.dropColumn('sealed_weight');
  });
  await knex.schema.dropTable('explanation_reviewers');
  await knex.schema.dropTable('explanation_debts');
};
