import { ExplanationPrompt } from '../../schemas';
import { ParsedExplanation, sectionNames } from './parseExplanation';
import { comparable, wordsOf } from './plainText';

/**
 * What prompts are made from.
 * @public
 */
export interface PromptInput {
  readonly explanation: Omit<ParsedExplanation, 'text'>;
  readonly title: string;
  /** First lines. */
  readonly commits: readonly string[];
  /** Paths that the change touches. */
  readonly files: readonly string[];
  /** What the entities, and those at the other ends of their edges, are called. */
  readonly names: readonly string[];
  /** Titles of the entities that it comes to depend on. */
  readonly addedEdges: readonly string[];
  /** The earlier explanation that it is most like, where it is very like one. */
  readonly duplicate?: { readonly of: string; readonly url?: string };
}

/**
 * From which likeness on, of 0 to 1, a text is called a near-duplicate.
 * @public
 */
export const NEAR_DUPLICATE = 0.8;

/** An answer that says that there is nothing to say. */
const NOTHING = new Set([
  'cannot fail',
  'it can not fail',
  'it cannot fail',
  'n a',
  'no',
  'none',
  'not applicable',
  'nothing',
  'tbd',
  'todo',
]);

/**
 * What a reviewer should look at first, by rule. Prompts decide nothing.
 * @public
 */
export function reviewerPrompts(input: PromptInput): ExplanationPrompt[] {
  const { explanation, duplicate } = input;
  const { sections, missing, cut } = explanation;
  if (missing.length > 0) {
    const names = missing.map(section => `“${sectionNames[section]}”`);
    return [
      {
        rule: 'empty',
        message: `Nothing stands below ${names.join(', ')}.`,
      },
    ];
  }
  const prompts: ExplanationPrompt[] = [];
  if (cut.length > 0) {
    const names = cut.map(section => `“${sectionNames[section]}”`);
    prompts.push({
      rule: 'cut',
      message: `${names.join(
        ', ',
      )}: longer than 20,000 characters, of which only the beginning is kept here.`,
    });
  }
  prompts.push(...restatements(input));
  if (!namesAnything(input)) {
    prompts.push({
      rule: 'names-nothing',
      message:
        'It names none of the files, entities or dependencies that the change touches.',
    });
  }
  if (duplicate) {
    prompts.push({
      rule: 'near-duplicate',
      message: `It is nearly the same text as ${duplicate.of}.`,
      url: duplicate.url,
    });
  }
  const failures = comparable(sections.howItFails ?? '');
  if (input.addedEdges.length > 0 && NOTHING.has(failures)) {
    prompts.push({
      rule: 'no-failure-modes',
      message: `It names no way to fail, but the change makes it depend on ${input.addedEdges.join(
        ', ',
      )}.`,
    });
  }
  return prompts;
}

function restatements({
  explanation,
  title,
  commits,
}: PromptInput): ExplanationPrompt[] {
  const what = wordsOf(explanation.sections.what ?? '');
  const adds = (known: readonly string[]) => {
    const said = new Set(known.flatMap(wordsOf));
    return what.some(word => !said.has(word));
  };
  if (!adds([title])) {
    return [
      {
        rule: 'restates-title',
        message:
          'What it does is told in no other words than those of its title.',
      },
    ];
  }
  return adds([title, ...commits])
    ? []
    : [
        {
          rule: 'restates-commits',
          message:
            'What it does is told in no other words than those of its commits.',
        },
      ];
}

/** Whether any file (by name, without its ending), entity or dependency is named. */
function namesAnything({ explanation, files, names }: PromptInput): boolean {
  const text = ` ${comparable(
    Object.values(explanation.sections).join('\n'),
  )} `;
  const known = [
    ...names,
    ...files.flatMap(path => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return [name, name.replace(/\.[^.]*$/, '')];
    }),
  ]
    .map(comparable)
    .filter(name => name !== '');
  return known.length === 0 || known.some(name => text.includes(` ${name} `));
}
