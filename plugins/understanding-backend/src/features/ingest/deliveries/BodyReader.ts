import { Request } from 'express';
import getRawBody from 'raw-body';

/** GitHub sends no more than that; GitLab sends less. */
const MAX_BYTES = 25 * 1024 * 1024;
/** Of all bodies that are being read; whoever comes then is asked to come back. */
const MAX_BYTES_AT_ONCE = 4 * MAX_BYTES;
/** GitHub gives up after that. */
const MAX_MILLIS = 10_000;

export type BodyOutcome =
  | { readonly type: 'read'; readonly body: Buffer }
  | { readonly type: 'busy'; readonly message: string }
  | {
      readonly type: 'too-large' | 'too-slow' | 'unreadable';
      readonly status: number;
      readonly message: string;
    };

/** Reads raw bodies of requests, within limits of size, time, and memory of them all. */
export class BodyReader {
  #reading = 0;

  async read(req: Request): Promise<BodyOutcome> {
    const encoding = req.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      return {
        type: 'unreadable',
        status: 415,
        message: 'The body must not be compressed.',
      };
    }
    // Without a length, it may be anything up to the limit.
    const length = Number(req.headers['content-length'] ?? MAX_BYTES);
    if (length > MAX_BYTES) {
      return tooLarge();
    }
    if (this.#reading + length > MAX_BYTES_AT_ONCE) {
      return {
        type: 'busy',
        message: 'Too much comes at once; come back later.',
      };
    }
    this.#reading += length;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        readWhole(req),
        new Promise<BodyOutcome>(done => {
          timer = setTimeout(() => {
            req.pause();
            done({
              type: 'too-slow',
              status: 408,
              message: `The body did not come within ${
                MAX_MILLIS / 1000
              } seconds.`,
            });
          }, MAX_MILLIS);
        }),
      ]);
    } finally {
      clearTimeout(timer);
      this.#reading -= length;
    }
  }
}

async function readWhole(req: Request): Promise<BodyOutcome> {
  try {
    const body = await getRawBody(req, {
      length: req.headers['content-length'],
      limit: MAX_BYTES,
    });
    return { type: 'read', body };
  } catch (error) {
    return (error as { type?: string }).type === 'entity.too.large'
      ? tooLarge()
      : {
          type: 'unreadable',
          status: 400,
          message: 'The body is not as long as announced, or broke off.',
        };
  }
}

function tooLarge(): BodyOutcome {
  return {
    type: 'too-large',
    status: 413,
    message: `The body must not have over ${MAX_BYTES} bytes.`,
  };
}
