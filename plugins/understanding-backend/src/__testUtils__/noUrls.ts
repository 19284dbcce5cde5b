import { UrlReaderService } from '@backstage/backend-plugin-api';

/** Reads no address, also where no test framework is at hand. */
export function noUrls(): UrlReaderService {
  const refuse = async (url: string) => {
    throw new Error(`${url} is not to be read here`);
  };
  return { readUrl: refuse, readTree: refuse, search: refuse };
}
