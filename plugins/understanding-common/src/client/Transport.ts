import { z } from 'zod';

/** Takes requests to the understanding backend, by paths below its own. */
export interface Transport {
  /** Parses the answer. */
  request<T extends z.ZodType>(
    schema: T,
    path: string,
    init?: RequestInit,
  ): Promise<z.infer<T>>;
  /** Gives the answer as it is; rejects where it is an error. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}
