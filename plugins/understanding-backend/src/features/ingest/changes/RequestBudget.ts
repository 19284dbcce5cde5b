/** Ends a step whose requests are used up; the next run goes on. */
export class RequestBudgetUsedUp extends Error {}

/** The requests that one run may make of one host. */
export class RequestBudget {
  #left: number;

  constructor(requests: number) {
    this.#left = requests;
  }

  /**
   * Lets a step use a share of what is left.
   *
   * @returns to be called before each request
   * @throws RequestBudgetUsedUp from there, when the share is used up
   */
  allow(share: number): () => void {
    let allowed = Math.ceil(this.#left * share);
    return () => {
      if (allowed === 0) {
        throw new RequestBudgetUsedUp();
      }
      allowed -= 1;
      this.#left -= 1;
    };
  }
}
