/**
 * Fetches a repository into mirrors, to be killed: `node fetchingProcess.ts` with a
 * {@link FetchSetUp} in JSON as its argument.
 */
import { MirrorDisk } from '../features/ingest/mirrors/MirrorDisk';
import { MirrorFetcher } from '../features/ingest/mirrors/MirrorFetcher';
import { mirrorFolder } from '../features/ingest/mirrors/mirrorFolder';
import { INSTANCE, gitHost } from './gitHost';
import { noLogger } from './processServices';

export interface FetchSetUp {
  readonly directory: string;
  readonly repository: string;
  /** Of the server. */
  readonly url: string;
  readonly now: string;
}

async function main(setUp: FetchSetUp) {
  const { directory, url, now } = setUp;
  const repository = { host: INSTANCE, repository: setUp.repository };
  await MirrorFetcher.create({
    disk: MirrorDisk.create({ directory }),
    maxBytes: 2 ** 30,
    maxRepositoryBytes: 2 ** 30,
    leaseSeconds: 600,
    logger: noLogger(),
  }).fetch(
    {
      folder: mirrorFolder(directory, repository) ?? '',
      repository,
      host: gitHost({ url }),
      name: setUp.repository,
    },
    { now, signal: new AbortController().signal },
  );
}

main(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
