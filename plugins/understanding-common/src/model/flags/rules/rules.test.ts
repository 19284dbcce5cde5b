import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flagRuleIdSchema } from '../../../schemas';
import { flagRules } from '.';

const PAGES = join(__dirname, '../../../../../../docs/flags');
const ids = flagRules.map(rule => rule.id);

function fileOf(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe('the registry of rules', () => {
  it('has every rule of the contract once', () => {
    expect([...ids].sort()).toEqual([...flagRuleIdSchema.options].sort());
  });

  it('has every file of this folder', () => {
    const files = readdirSync(__dirname)
      .filter(file => !file.endsWith('.test.ts') && file !== 'index.ts')
      .sort();
    expect(files).toEqual(ids.map(id => `${fileOf(id)}.ts`).sort());
  });

  it('has no page without a rule', () => {
    expect(readdirSync(PAGES).sort()).toEqual(ids.map(id => `${id}.md`).sort());
  });
});

describe.each([...flagRules])('$id', ({ id, title, description }) => {
  it('has a test beside it', () => {
    expect(existsSync(join(__dirname, `${fileOf(id)}.test.ts`))).toBe(true);
  });

  it('has a page that begins with its title and its description', () => {
    const [heading, first] = readFileSync(
      join(PAGES, `${id}.md`),
      'utf8',
    ).split('\n\n');
    expect(heading).toBe(`# ${title} (\`${id}\`)`);
    expect(first).toBe(description);
  });

  it('has a page that answers what one asks of a finding', () => {
    const page = readFileSync(join(PAGES, `${id}.md`), 'utf8');
    expect(page.match(/^## .*$/gm)).toEqual([
      '## When it is raised',
      '## How to recompute it by hand',
      '## Repair',
      '## What it cannot see',
      '## When it is unknown',
    ]);
  });

  it('is described in one sentence', () => {
    expect(description).toMatch(/^[A-Z][^.]*\.$/);
  });
});

it('has a page for every number that the rules of a flag read', () => {
  const pages = readdirSync(PAGES)
    .map(page => readFileSync(join(PAGES, page), 'utf8'))
    .join('\n');
  for (const key of [
    'documents.changesSince',
    'documents.filesTouchedShare',
    'documents.overdueDays',
    'understands.minimumKinds',
    'understands.minimumPeople',
    'evidence.freshDays',
    'evidence.fadingDays',
    'assumptions.warnDays',
    'edges.observedDays',
    'edges.requiredConditions',
  ]) {
    expect(pages).toContain(`\`understanding.${key}\``);
  }
});
