import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Server } from './server';

/** Explanations as a change host left them, by somebody who is not the guest. */
export function leaveExplanations(
  server: Server,
  explanations: ReadonlyArray<{
    readonly id: string;
    readonly title: string;
    readonly entityRef: string;
    readonly number: number;
    readonly debt?: 'open';
  }>,
): void {
  const database = new DatabaseSync(
    join(server.folder, 'database/understanding.sqlite'),
  );
  database.exec('PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE');
  const insert = (table: string, row: Record<string, string | number | null>) =>
    database
      .prepare(
        `INSERT INTO ${table} (${Object.keys(row).join(
          ', ',
        )}) VALUES (${Object.keys(row)
          .map(() => '?')
          .join(', ')})`,
      )
      .run(...Object.values(row));
  const text = {
    what: 'The booking is sent once an order, instead of once a line.',
    howItFails: 'When the ledger is slow, the order stays unbooked.',
    why: 'One transaction over both databases held locks for seconds.',
  };
  for (const one of explanations) {
    const at = new Date(Date.UTC(2026, 2, 1, 12, 0, one.number)).toISOString();
    const headSha = String(one.number).padStart(40, 'a');
    const { id } = one;
    insert('explanations', {
      id,
      host: 'code.example',
      repository: 'example/payments-core',
      number: one.number,
      url: `https://code.example/example/payments-core/pull/${one.number}`,
      head_sha: headSha,
      title: one.title,
      described_at: at,
      described: `digest-${id}`,
      merged_at: one.debt ? at : null,
      ai_assistance: 'assisted',
      planes: '["data"]',
      state: 'submitted',
      digest: `digest-${id}`,
      required: 1,
      because: 'Coding agents had a part in it.',
      sealed_at: one.debt ? at : null,
      sealed_state: one.debt ? 'submitted' : null,
      debt: one.debt ?? null,
      created_at: at,
      updated_at: at,
    });
    insert('explanation_entities', {
      explanation_id: id,
      entity_ref: one.entityRef,
    });
    insert('explanation_texts', {
      explanation_id: id,
      digest: `digest-${id}`,
      parsed: JSON.stringify({ sections: text, text, missing: [], cut: [] }),
      sketch: '',
      written_at: at,
    });
    insert('explanation_versions', {
      explanation_id: id,
      source: 'description',
      at,
      head_sha: headSha,
      digest: `digest-${id}`,
      asked: 1,
    });
    insert('explanation_authors', {
      explanation_id: id,
      kind: 'person',
      value: 'user:default/chiara-lindt',
    });
    if (one.debt) {
      insert('explanation_debts', {
        explanation_id: id,
        entity_ref: one.entityRef,
        opened_at: at,
      });
    }
  }
  database.exec('COMMIT');
  database.close();
}
