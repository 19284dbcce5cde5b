import fc from 'fast-check';
import {
  ExplanationCheck,
  ExplanationFacts,
  ExplanationSighting,
  ReviewerAssessment,
  explanationCheck,
  explanationStanding,
  supersededCheck,
} from '../explanations';

const AUTHOR = 'ada';
/** May comment, but not review. */
const OUTSIDER = 'eve';

/** What people, the network and the worker do, in any order. */
const steps = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: fc.constant('push' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('back' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('edit' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('assess' as const),
      reviewer: fc.constantFrom(AUTHOR, 'bob', 'bob', 'cem', OUTSIDER),
      result: fc.constantFrom(
        'genuine' as const,
        'genuine' as const,
        'surface' as const,
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('deliver' as const),
      which: fc.nat(20),
      again: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('drop' as const),
      which: fc.nat(20),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('read' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('write' as const),
      outcome: fc.constantFrom(
        'done' as const,
        'done' as const,
        'lost' as const,
        'done, but not answered' as const,
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('settle' as const) }) },
);

/** Each with the seconds since the one before. */
export const interleavings = fc.array(
  fc.record({ step: steps, seconds: fc.constantFrom(0, 1, 2) }),
  { minLength: 4, maxLength: 40 },
);

export type Interleaving = typeof interleavings extends fc.Arbitrary<infer T>
  ? T
  : never;

type Message =
  | { readonly type: 'change'; readonly sighting: ExplanationSighting }
  | { readonly type: 'comment'; readonly assessment: ReviewerAssessment };

/** A comment, with what really stood there. */
interface Truth extends ReviewerAssessment {
  readonly head: string;
  readonly seen: string | undefined;
}

/**
 * A blocking change on a host that tells of it, and the worker that writes its check,
 * as pure as the rules.
 */
class World {
  #second = 0;
  #count = 0;
  #head = 'head 0';
  #text = 'text 0';
  #changedAt = this.#instant();
  #isWhole = true;
  readonly #heads = ['head 0'];
  readonly #truths: Truth[] = [];
  readonly #messages: Message[] = [];
  readonly #sightings: ExplanationSighting[] = [];
  readonly #assessments = new Map<string, ReviewerAssessment>();
  readonly #read = new Set<string>();
  /** What the host shows. */
  readonly #shown = new Map<string, ExplanationCheck['state']>();
  /** What the worker knows to be shown; undefined where it has only tried. */
  readonly #written = new Map<string, ExplanationCheck['state'] | undefined>();

  constructor() {
    this.#tell();
  }

  take({ step, seconds }: Interleaving[number]): void {
    this.#second += seconds;
    switch (step.type) {
      case 'push':
        this.#count += 1;
        this.#move(`head ${this.#count}`);
        return;
      case 'back':
        // What nobody told of, and was undone, nobody can know.
        if (this.#isWhole) {
          this.#move(this.#heads[this.#count % this.#heads.length]);
        }
        return;
      case 'edit':
        this.#count += 1;
        this.#text = `text ${this.#count}`;
        this.#tell();
        return;
      case 'assess':
        this.#assess(step.reviewer, step.result);
        return;
      case 'deliver':
        this.#deliver(step.which, step.again);
        return;
      case 'drop':
        this.#drop(step.which);
        return;
      case 'read':
        this.#ask();
        return;
      case 'write':
        this.#reconcile(step.outcome);
        return;
      default:
        this.settle();
    }
  }

  /** All is delivered, read, and written. */
  settle(): void {
    while (this.#messages.length > 0) {
      this.#deliver(0, false);
    }
    this.#ask();
    this.#reconcile('done');
  }

  /** What is wrong with what the host shows when all is settled. */
  get mistakes(): string[] {
    const found: string[] = [];
    const state = this.#shown.get(this.#head);
    const isValid = this.#truths.some(
      one =>
        one.result === 'genuine' &&
        one.reviewer !== AUTHOR &&
        one.reviewer !== OUTSIDER &&
        one.head === this.#head &&
        one.seen === this.#text,
    );
    if (state === 'success' && !isValid) {
      found.push('green without a valid explanation');
    }
    if (state === undefined || state === 'pending') {
      found.push('not final');
    }
    for (const [head, other] of this.#shown) {
      if (head !== this.#head && other !== 'failure') {
        found.push(`an older head is left ${other}`);
      }
    }
    return found;
  }

  get isGreen(): boolean {
    return this.#shown.get(this.#head) === 'success';
  }

  #instant(): string {
    return new Date(Date.UTC(2026, 4, 20) + this.#second * 1000).toISOString();
  }

  #move(head: string): void {
    if (head !== this.#head) {
      this.#head = head;
      this.#heads.push(head);
      this.#tell();
    }
  }

  #tell(): void {
    this.#changedAt = this.#instant();
    this.#messages.push({ type: 'change', sighting: this.#now(false) });
  }

  #now(asked: boolean): ExplanationSighting {
    return {
      at: this.#changedAt,
      code: this.#head,
      text: this.#text,
      asked,
    };
  }

  #assess(reviewer: string, result: 'genuine' | 'surface'): void {
    const told = {
      ...{ reviewer, result, at: this.#instant() },
      ...{ bot: false, withdrawn: false },
    };
    this.#truths.push({ ...told, head: this.#head, seen: this.#text });
    this.#messages.push({ type: 'comment', assessment: told });
  }

  #deliver(which: number, again: boolean): void {
    const index = which % Math.max(1, this.#messages.length);
    const message = this.#messages[index];
    if (!message) {
      return;
    }
    if (!again) {
      this.#messages.splice(index, 1);
    }
    if (message.type === 'change') {
      this.#sightings.push(message.sighting);
    } else {
      const { assessment } = message;
      this.#assessments.set(
        `${assessment.reviewer} ${assessment.at} ${assessment.result}`,
        assessment,
      );
    }
  }

  #drop(which: number): void {
    // What was undone before anybody was told of it, nobody can know.
    if (new Set(this.#heads).size < this.#heads.length) {
      return;
    }
    const index = which % Math.max(1, this.#messages.length);
    const [dropped] = this.#messages.splice(index, 1);
    this.#isWhole &&= dropped === undefined;
  }

  #ask(): void {
    this.#sightings.push(this.#now(true));
    this.#read.add(this.#head);
  }

  #reconcile(outcome: 'done' | 'lost' | 'done, but not answered'): void {
    const latest = [...this.#sightings].sort(
      (a, b) => a.at.localeCompare(b.at) || Number(a.asked) - Number(b.asked),
    );
    const current = latest[latest.length - 1];
    if (!current) {
      return;
    }
    const facts: ExplanationFacts = {
      current,
      sightings: this.#sightings,
      written: [],
      assessments: [...this.#assessments.values()].filter(
        one => one.reviewer !== OUTSIDER,
      ),
      authors: [AUTHOR],
      authorsKnownOf: [...this.#read],
      required: true,
    };
    const check = explanationCheck({
      gate: 'blocking',
      required: true,
      because: 'Every change is explained here.',
      state: explanationStanding(facts).state,
      known: this.#read.has(current.code),
      overdue: false,
      authorsKnown: this.#read.has(current.code),
    });
    const wanted = new Map<string, ExplanationCheck['state'] | undefined>([
      [current.code, check.state],
    ]);
    for (const [head, state] of this.#written) {
      if (head !== current.code) {
        const shown = state ?? 'pending';
        wanted.set(head, supersededCheck(shown, 'blocking')?.state);
      }
    }
    for (const [head, state] of wanted) {
      if (state && this.#written.get(head) !== state) {
        this.#written.set(head, outcome === 'done' ? state : undefined);
        if (outcome !== 'lost') {
          this.#shown.set(head, state);
        }
      }
    }
  }
}

/** Lives one through; tells every mistake that stood when all was settled. */
export function liveThrough(interleaving: Interleaving): {
  mistakes: string[];
  green: number;
} {
  const world = new World();
  const mistakes: string[] = [];
  let green = 0;
  for (const one of interleaving) {
    world.take(one);
    if (one.step.type === 'settle') {
      mistakes.push(...world.mistakes);
      green += world.isGreen ? 1 : 0;
    }
  }
  world.settle();
  mistakes.push(...world.mistakes);
  return { mistakes, green: green + (world.isGreen ? 1 : 0) };
}
