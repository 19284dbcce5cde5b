import {
  AssessmentResult,
  HostChange,
  HostFact,
  HostFile,
  HostPress,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { HOST, file, hostChange, hostReview } from './changes';
import { at, command, explained } from './explanations';
import { Installation } from './Installation';

/** What stories begin with: explained, and not assessed. */
export const EXPLAINED_CHANGE = hostChange(1, { description: explained() });
export const OTHER_HEAD = 'b'.repeat(40);
export const FULL_RUBRIC = {
  mechanism: true,
  conditionAndEffect: true,
  alternativeRejected: true,
  observableSign: true,
};

/** A change on the host, and whatever people do to it there. */
export class ChangeStory {
  readonly installation: Installation;
  change: HostChange;
  files: HostFile[] = [file('cart/a.ts')];
  filesTruncated = false;
  commitsTruncated = false;
  commits: Array<{ message: string; email?: string; login?: string }> = [
    { message: 'A change', login: 'ada' },
  ];
  #second = 0;

  constructor(installation: Installation, change = EXPLAINED_CHANGE) {
    this.installation = installation;
    this.change = change;
  }

  /** The change is another one now, and the host delivers it. */
  async is(more: Partial<HostChange> = {}): Promise<this> {
    this.change = { ...this.change, ...more, updatedAt: this.next() };
    await this.tell();
    return this;
  }

  async tell(change = this.change): Promise<void> {
    this.installation.host.hosted.set(this.change.id, {
      change: this.change,
      files: this.files,
      filesTruncated: this.filesTruncated,
      reviews: [],
      commitsTruncated: this.commitsTruncated,
      commits: this.commits.map((one, index) => ({
        sha: `${index}`.padStart(40, 'e'),
        ...one,
      })),
    });
    await this.installation.told({ type: 'change', change });
  }

  /** A comment of somebody, a while after all that came before. */
  async says(
    login: string,
    body: string,
    more: Parameters<typeof command>[4] = {},
  ): Promise<void> {
    const second = this.#second + 10;
    this.#second = second;
    await this.installation.told(
      command(this.change, login, body, second, more),
    );
  }

  async reviewed(more: Parameters<typeof hostReview>[1]): Promise<void> {
    await this.installation.told(this.review(more));
  }

  review(more: Parameters<typeof hostReview>[1]): HostFact {
    return {
      type: 'review',
      host: HOST,
      repository: this.change.repository,
      review: hostReview(this.change, { submittedAt: this.next(), ...more }),
    };
  }

  /** Somebody presses a button beside the check that is shown on a head. */
  async presses(
    login: string,
    result: AssessmentResult = 'genuine',
    more: Partial<HostPress> = {},
  ): Promise<void> {
    const { host, repository } = this.change;
    const { headSha = this.change.headSha } = more;
    const shown = this.installation.host.checks.get(headSha);
    const explanation = more.explanation ?? shown?.explanation;
    if (!explanation) {
      throw new Error('There is no button beside the check');
    }
    const press: HostPress = {
      id: `${headSha}/${explanation}/${result}/${login}`,
      author: { login, bot: false },
      result,
      headSha,
      explanation,
      ...more,
    };
    await this.installation.told({ type: 'press', host, repository, press });
  }

  next(): string {
    this.#second += 10;
    return at(this.#second);
  }

  /** Seconds since it was opened. */
  get second(): number {
    return this.#second;
  }

  /** What is shown on the newest head, after a while. */
  async shown(): Promise<string | undefined> {
    await this.installation.minutesPass(5);
    return this.installation.host.checks.get(this.change.headSha)?.state;
  }

  /** What it says there, in words. */
  get words(): string {
    const { title, summary } =
      this.installation.host.checks.get(this.change.headSha) ?? {};
    return `${title}\n${summary}`;
  }

  get shownAtAnyTime(): string[] {
    return this.installation.host.written.map(one => one.state);
  }
}

/** What somebody does for a green check, or with a good conscience. */
export type Deed = (story: ChangeStory) => Promise<unknown>;

export const accepted: Deed = async story => {
  await story.tell();
  await story.says('bob', 'genuine');
  expect(await story.shown()).toBe('success');
};
export const commented =
  (
    login: string,
    body: string,
    more: Parameters<typeof command>[4] = {},
  ): Deed =>
  async story => {
    await story.tell();
    await story.says(login, body, more);
  };
export const described =
  (description: string): Deed =>
  async story => {
    await story.is({ description });
    await story.says('bob', 'genuine');
  };
export const afterAcceptance =
  (more: Partial<HostChange>): Deed =>
  async story => {
    await accepted(story);
    await story.is(more);
  };

export const pressed =
  (login: string, more: Partial<HostPress> = {}): Deed =>
  async story => {
    await story.tell();
    await story.shown();
    await story.presses(login, 'genuine', more);
  };
