// @ts-check

/**
 * The people of an entity are prepared as the JSON that is sent, apart from the rule by
 * which they were judged, and what paths are answered by stands beside them, so that
 * one statement answers and nothing is parsed to be written again. Whether an entity has
 * a further word is asked of an index alone.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  /** @param {string} name */
  const part = name =>
    isPostgres
      ? `understanding::json->>'${name}'`
      : `json_extract(understanding, '$.${name}')`;
  await knex.schema.alterTable('summaries', table => {
    table
      .text('people')
      .notNullable()
      .defaultTo('[]')
      .comment('PersonUnderstanding[] as JSON, in the order of who to ask');
    table
      .text('understanding_rule')
      .notNullable()
      .defaultTo('{}')
      .comment('By what rule they were judged, as JSON');
    table.text('source_name').comment('What its repository is called');
    table
      .integer('source_depth')
      .notNullable()
      .defaultTo(0)
      .comment('Length of the longest of its source paths');
  });
  await knex('summaries').update({
    people: knex.raw(`coalesce(${part('people')}, '[]')`),
    understanding_rule: knex.raw(
      `coalesce(${part('understandingRule')}, '{}')`,
    ),
    source_name: knex('entities')
      .whereRaw('entities.entity_ref = summaries.entity_ref')
      .select(
        knex.raw(
          isPostgres
            ? `location::json->>'name'`
            : `json_extract(location, '$.name')`,
        ),
      ),
  });
  await knex.schema.alterTable('summaries', table => {
    table.dropColumn('understanding');
    table.index(['source_name'], 'summaries_source_name_idx');
  });
  await knex.schema.alterTable('entity_words', table => {
    table.dropIndex(['entity_ref'], 'entity_words_entity_idx');
    table.index(['entity_ref', 'word'], 'entity_words_entity_word_idx');
  });
  // So that the next pass over the catalog has every entity assessed.
  await knex('entities').update({ hash: '' });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entity_words', table => {
    table.dropIndex(['entity_ref', 'word'], 'entity_words_entity_word_idx');
    table.index(['entity_ref'], 'entity_words_entity_idx');
  });
  await knex.schema.alterTable('summaries', table => {
    table
      .text('understanding')
      .notNullable()
      .defaultTo('')
      .comment('Understanding as JSON');
  });
  await knex('summaries').update({
    understanding: knex.raw(
      `'{"people":' || people || ',"understandingRule":' || understanding_rule || '}'`,
    ),
  });
  await knex.schema.alterTable('summaries', table => {
    table.dropIndex(['source_name'], 'summaries_source_name_idx');
    for (const column of [
      'people',
      'understanding_rule',
      'source_name',
      'source_depth',
    ]) {
      table.dropColumn(column);
    }
  });
};
