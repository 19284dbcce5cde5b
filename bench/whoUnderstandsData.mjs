/** Rows as a catalog and its histories leave them, made by the databases themselves. */

const AT = '2026-11-20T09:00:00.000Z';
/** People that have evidence of one entity. */
const PEOPLE_EACH = 15;
const KINDS = ['authored', 'reviewed'];
const HUB_EVIDENCE = 10_000;
const FILES_EACH = 10;

/** @param sizes - how many entities, people, and summaries of evidence */
export async function fillDatabases(database, sizes) {
  const catalog = database.connect('catalog');
  const understanding = database.connect('understanding');
  try {
    await fillCatalog(catalog, sizes);
    await fillUnderstanding(understanding, sizes);
    for (const knex of [catalog, understanding]) {
      await knex.raw(isPostgres(knex) ? 'VACUUM ANALYZE' : 'ANALYZE');
    }
  } finally {
    await catalog.destroy();
    await understanding.destroy();
  }
}

async function fillCatalog(knex, { entities }) {
  const id = `'e' || i`;
  const ref = `'component:default/s' || i`;
  const entity = json({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 's{i}',
      namespace: 'default',
      uid: 'e{i}',
      title: 'Service number{i}',
      description: 'A service of the bench, which does what services do.',
      annotations: {
        'backstage.io/source-location':
          'url:https://git.example.com/acme/s{i}/tree/main/',
        'backstage.io/managed-by-location':
          'url:https://git.example.com/acme/s{i}/tree/main/catalog-info.yaml',
        // What the catalog itself adds to an entity of a code host.
        'backstage.io/managed-by-origin-location':
          'url:https://git.example.com/acme/s{i}/blob/main/catalog-info.yaml',
        'backstage.io/view-url':
          'https://git.example.com/acme/s{i}/tree/main/catalog-info.yaml',
        'backstage.io/edit-url':
          'https://git.example.com/acme/s{i}/edit/main/catalog-info.yaml',
        'backstage.io/techdocs-ref': 'dir:.',
      },
      etag: '0123456789abcdef0123456789abcdef01234567',
      tags: ['java', 'payments', 'tier-1'],
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'team{i}',
      system: 'bank',
    },
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/team{i}' },
      { type: 'partOf', targetRef: 'system:default/bank' },
    ],
  });
  await into(knex, 'refresh_state', entities, {
    entity_id: id,
    entity_ref: ref,
    unprocessed_entity: `'{}'`,
    errors: `'[]'`,
    next_update_at: isPostgres(knex) ? `'2099-01-01'` : `'2099-01-01 00:00:00'`,
    last_discovery_at: isPostgres(knex)
      ? `'2026-01-01'`
      : `'2026-01-01 00:00:00'`,
  });
  await into(knex, 'final_entities', entities, {
    entity_id: id,
    entity_ref: ref,
    hash: `'h'`,
    final_entity: entity,
  });
}

async function fillUnderstanding(knex, { entities, people, evidence }) {
  const ref = `'component:default/s' || i`;
  const team = `'group:default/team' || (i % 1000)`;
  await into(knex, 'people', people, {
    person_ref: `'user:default/p' || i`,
    display_name: `'Person ' || i`,
    email: `'p' || i || '@example.com'`,
    logins: `'[]'`,
    group_refs: `'["group:default/team' || (i % 1000) || '"]'`,
    chat: `'U0' || i`,
    time_zone: `'Europe/Berlin'`,
    hash: `'h'`,
    seen_at: `'${AT}'`,
  });
  await into(knex, 'teams', 1000, {
    team_ref: `'group:default/team' || i`,
    title: `'Team ' || i`,
    channels: `'[]'`,
    member_refs: `'[]'`,
    child_refs: `'[]'`,
    hash: `'h'`,
    seen_at: `'${AT}'`,
  });
  const shadow = json({
    entityRef: 'component:default/s{i}',
    kind: 'component',
    namespace: 'default',
    name: 's{i}',
    title: 'Service number{i}',
    type: 'service',
    example: false,
    sourcePaths: [],
    docs: [],
  });
  await into(knex, 'entities', entities, {
    entity_ref: ref,
    kind: `'component'`,
    name: `'s' || i`,
    owner_ref: team,
    shadow,
    location: json({
      type: 'repository',
      repository: '/repositories/s{i}',
      name: 'acme/s{i}',
      paths: [''],
      url: 'https://git.example.com/acme/s{i}',
    }),
    repository: `'/repositories/s' || i`,
    host: `'git.example.com'`,
    host_repository: `'acme/s' || i`,
    host_paths: `'[""]'`,
    hash: `'h'`,
    seen_at: `'${AT}'`,
  });
  for (const word of [
    ref,
    `'s' || i`,
    `'service number' || i`,
    `'service'`,
    `'number' || i`,
    `'team' || (i % 1000)`,
  ]) {
    await into(knex, 'entity_words', entities, { word, entity_ref: ref });
  }
  await into(knex, 'paths', entities * FILES_EACH, {
    repository: `'/repositories/s' || (i / ${FILES_EACH})`,
    path: `'src/s' || (i / ${FILES_EACH}) || '/' || (CASE i % ${FILES_EACH} WHEN 0 THEN 'main' ELSE 'file' || (i % ${FILES_EACH}) END) || '.ts'`,
    entity_ref: `'component:default/s' || (i / ${FILES_EACH})`,
    known_by: `'[' || (i / ${FILES_EACH} * 30 + 1) || ']'`,
  });
  const each = PEOPLE_EACH * KINDS.length;
  const row = {
    source: `'/repositories/s' || (i / ${each} % ${entities})`,
    latest_at: `'${AT}'`,
    count: '3',
    verified: isPostgres(knex) ? 'false' : '0',
    url: `'https://git.example.com/acme/commit/' || i`,
  };
  await into(knex, 'evidence', evidence, {
    ...row,
    entity_ref: `'component:default/s' || (i / ${each} % ${entities})`,
    kind: `CASE i % 2 WHEN 0 THEN '${KINDS[0]}' ELSE '${KINDS[1]}' END`,
    person_ref: `'user:default/p' || ((i / ${each} * 7 + i % ${each} / 2 * 101) % ${people})`,
    display_name: `'Person ' || ((i / ${each} * 7 + i % ${each} / 2 * 101) % ${people})`,
  });
  // One on which very many have worked.
  await into(knex, 'evidence', HUB_EVIDENCE - each, {
    ...row,
    source: `'/repositories/s0'`,
    entity_ref: `'component:default/s0'`,
    kind: `CASE i % 2 WHEN 0 THEN '${KINDS[0]}' ELSE '${KINDS[1]}' END`,
    person_ref: `'user:default/p' || (i / 2 % ${people})`,
    display_name: `'Person ' || (i / 2 % ${people})`,
  });
  await into(knex, 'repositories', 1, {
    repository: `'/repositories/s0'`,
    head: `'0123456789abcdef0123456789abcdef01234567'`,
    read_at: `'${AT}'`,
    notices: `'[]'`,
  });
  const factor = { factor: 8, files: FILES_EACH, coverageAtStop: 0.4 };
  await into(knex, 'absence_factors', 1, {
    entity_ref: `'component:default/s0'`,
    repository: `'/repositories/s0'`,
    factors: json({ allTime: factor, present: factor }),
  });
  await into(knex, 'summaries', entities, summaryOf(ref, team, people));
}

function summaryOf(ref, team, people) {
  const person = index => ({
    personRef: `user:default/p{(i * 7 + ${index * 101}) % ${people}}`,
    displayName: `Person {(i * 7 + ${index * 101}) % ${people}}`,
    status: 'active',
    active: true,
    understands: true,
    evidence: KINDS.map(kind => ({
      kind,
      freshness: 'fresh',
      latestAt: AT,
      count: 3,
      url: 'https://git.example.com/acme/commit/{i}',
      verified: false,
    })),
    reach: {
      teams: [
        {
          ref: `group:default/team{(i * 7 + ${
            index * 101
          }) % ${people} % 1000}`,
          title: `Team {(i * 7 + ${index * 101}) % ${people} % 1000}`,
        },
      ],
      chat: `U0{(i * 7 + ${index * 101}) % ${people}}`,
      timeZone: 'Europe/Berlin',
    },
  });
  const persons = Array.from({ length: PEOPLE_EACH }, (_, index) =>
    person(index),
  );
  return {
    entity_ref: ref,
    kind: `'component'`,
    owner_ref: team,
    search_text: `'component:default/s' || i || ' service number' || i`,
    order_title: `'service number' || i`,
    order_owner: `'team'`,
    order_system: `'bank'`,
    order_understood_by: String(PEOPLE_EACH),
    order_document_state: '5',
    order_flags: '0',
    summary: json({
      entityRef: 'component:default/s{i}',
      kind: 'component',
      namespace: 'default',
      name: 's{i}',
      title: 'Service number{i}',
      type: 'service',
      ownerRef: 'group:default/team{i % 1000}',
      ownerTitle: 'Team {i % 1000}',
      example: false,
      understoodBy: '{i}',
      understoodByMinimum: 2,
      people: persons.map(({ personRef, displayName }) => ({
        personRef,
        displayName,
      })),
      documentState: 'fresh',
      coverage: { required: 0, answered: 0, tested: 0 },
      flags: [],
      computedAt: AT,
    }).replace(
      `"understoodBy":"' || (i) || '"`,
      `"understoodBy":${PEOPLE_EACH}`,
    ),
    people: json(persons),
    understanding_rule: json({
      collectedKinds: KINDS,
      kindsNeeded: 2,
      freshDays: 180,
    }),
    source_name: `'acme/s' || i`,
    source_depth: '0',
    detail: json({
      source: {
        type: 'read',
        repository: 'acme/s{i}',
        paths: [''],
        head: '0123456789abcdef0123456789abcdef01234567',
        readAt: AT,
        notices: [],
      },
      documents: [],
      edges: [],
      flags: [],
    }),
  };
}

/** SQL that makes JSON, in which `{…}` stands for what it calculates from `i`. */
function json(value) {
  const text = JSON.stringify(value).replaceAll("'", "''");
  return `'${text.replace(
    /\{(i|\(?i [^{}"]*)\}/g,
    (_, formula) => `' || (${formula}) || '`,
  )}'`;
}

/** Writes so many rows, of which each column is SQL that calculates with `i`. */
async function into(knex, table, rows, columns) {
  const numbers = isPostgres(knex)
    ? `generate_series(0, ${rows - 1}) AS numbers(i)`
    : `(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${
        rows - 1
      }) SELECT i FROM n)`;
  await knex.raw(
    `INSERT INTO ${table} (${Object.keys(columns).join(
      ', ',
    )}) SELECT ${Object.values(columns).join(', ')} FROM ${numbers}`,
  );
}

function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
