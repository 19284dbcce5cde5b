// @ts-check

/**
 * What people say of each other's understanding, and of their own. What they confirm
 * also becomes a row of `evidence`, from the source `hand`.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('hand_evidence', table => {
    table.comment('Evidence given by hand, which the person named decides on');
    table.string('id').primary();
    table.string('entity_ref').notNullable();
    table.string('kind').notNullable();
    table.string('person_ref').notNullable();
    table.string('at').notNullable().comment('When it was done');
    table.text('url');
    table.text('note');
    table.string('state').notNullable();
    table.string('proposed_by').notNullable();
    table.string('proposed_at').notNullable();
    // The same is proposed once, also after it was declined.
    table.unique(['entity_ref', 'kind', 'person_ref', 'at'], {
      indexName: 'hand_evidence_once_idx',
    });
    table.index(['person_ref'], 'hand_evidence_person_idx');
    table.index(['proposed_by', 'state'], 'hand_evidence_proposer_idx');
  });
  await knex.schema.createTable('corrections', table => {
    table.comment('What people say of their own understanding of an entity');
    table.string('entity_ref').notNullable();
    table.string('person_ref').notNullable();
    table.string('type').notNullable();
    table.string('at').notNullable();
    table.string('until').comment('Of what is known from elsewhere');
    table.text('note');
    table.primary(['entity_ref', 'person_ref'], 'corrections_pk');
    table.index(['person_ref'], 'corrections_person_idx');
  });
  await knex.schema.alterTable('evidence', table => {
    table.index(['person_ref'], 'evidence_person_idx');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex('evidence').where({ source: 'hand' }).delete();
  await knex.schema.alterTable('evidence', table => {
    table.dropIndex(['person_ref'], 'evidence_person_idx');
  });
  await knex.schema.dropTable('corrections');
  await knex.schema.dropTable('hand_evidence');
};
