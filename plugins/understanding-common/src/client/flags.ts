import { flagPageSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search } from './requests';
import { Transport } from './Transport';

/** Asks for findings. */
export function flagsOf(transport: Transport) {
  return {
    listFlags: query =>
      transport.request(flagPageSchema, `/flags${search(query)}`),
  } satisfies Partial<UnderstandingApi>;
}
