import { Request } from 'express';
import getRawBody from 'raw-body';

/** Of the largest bodies, so many are held at once; further ones have to come back. */
const AT_ONCE = 4;

export interface BodyLimits {
  readonly maxBytes: number;
  readonly maxMillis: number;
}

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
  readonly #limits: BodyLimits;
  #reading = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  async read(req: Request): Promise<BodyOutcome> {
    const { maxBytes, maxMillis } = this.#limits;
    const encoding = req.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      return {
        type: 'unreadable',
        status: 415,
        message: 'The body must not be compressed.',
      };
    }
    // Without a length, it may be anything up to the limit.
    const length = Number(req.headers['content-length'] ?? maxBytes);
    if (length > maxBytes) {
      return tooLarge(maxBytes);
    }
    if (this.#reading + length > AT_ONCE * maxBytes) {
      return {
        type: 'busy',
        message: 'Too much comes at once; come back later.',
      };
    }
    this.#reading += length;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        readWhole(req, maxBytes),
        new Promise<BodyOutcome>(done => {
          timer = setTimeout(() => {
            req.pause();
            done({
              type: 'too-slow',
              status: 408,
              message: `The body did not come within ${
                maxMillis / 1000
              } seconds.`,
            });
          }, maxMillis);
        }),
      ]);
    } finally {
      clearTimeout(timer);
      this.#reading -= length;
    }
  }
}

async function readWhole(req: Request, maxBytes: number): Promise<BodyOutcome> {
  try {
    const body = await getRawBody(req, {
      length: req.headers['content-length'],
      limit: maxBytes,
    });
    return { type: 'read', body };
  } catch (error) {
    return (error as { type?: string }).type === 'entity.too.large'
      ? tooLarge(maxBytes)
      : {
          type: 'unreadable',
          status: 400,
          message: 'The body is not as long as announced, or broke off.',
        };
  }
}

function tooLarge(maxBytes: number): BodyOutcome {
  return {
    type: 'too-large',
    status: 413,
    message: `The body must not have over ${maxBytes} bytes.`,
  };
}
