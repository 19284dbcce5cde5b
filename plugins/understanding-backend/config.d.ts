import { HumanDuration } from '@backstage/types';

export interface Config {
  understanding?: {
    catalog?: {
      /** How often the catalog is read anew. Default: 5 minutes. */
      syncInterval?: HumanDuration | string;
    };
    repositories?: {
      /**
       * Folders below which local repositories may be read; relative ones start
       * from the working directory of the back end, as in catalog.locations.
       * Repositories of a code host are looked for in `<host>/<owner>/<name>` or
       * `<host>/<owner>/<name>.git` below them. Default: none.
       */
      localRoots?: string[];
      /** How often a repository is asked for a new head. Default: 5 minutes. */
      checkInterval?: HumanDuration | string;
      /** After how long reading one history is given up. Default: 10 minutes. */
      timeout?: HumanDuration | string;
    };
    ingest?: {
      /**
       * Deliveries that may wait to be read; beyond that, hosts are answered 503 and
       * come back. Default: 50,000.
       */
      maxPending?: number;
      /**
       * Requests that are made to one host in one minute, to find what was missed and
       * to read the past. Default: 100.
       */
      requestsPerMinute?: number;
      /** How often a repository is asked for changes that were missed. Default: 15 minutes. */
      sweepInterval?: HumanDuration | string;
      /** After how long deliveries that were read are forgotten. Default: 30 days. */
      retention?: HumanDuration | string;
    };
    explanations?: {
      /**
       * When changes have to be explained, where an entity does not say it.
       * Default: ai-assisted.
       */
      policy?: 'always' | 'ai-assisted' | 'never';
      /**
       * Headings by which the sections of an explanation are found in descriptions,
       * instead of the English ones of the template; also in several languages.
       */
      headings?: {
        what?: string[];
        howItFails?: string[];
        why?: string[];
        operate?: string[];
        expected?: string[];
      };
    };
    evidence?: {
      /** Evidence is fresh for so many days. Default: 180. */
      freshDays?: number;
      /** And fading until so many days, then old. Default: 360. */
      fadingDays?: number;
      /** Half-life, in days, of a change in the present reading. Default: 150. */
      halfLifeDays?: number;
    };
    understands?: {
      /**
       * Kinds of fresh evidence that show understanding, where so many kinds are
       * collected. Default: 2.
       */
      minimumKinds?: number;
      /** Active people that an entity needs. Default: 2. */
      minimumPeople?: number;
    };
    documents?: {
      /** Significant changes after which a document is behind. Default: 10. */
      changesSince?: number;
      /** Share of the described files, touched since. Default: 0.25. */
      filesTouchedShare?: number;
      /** Days after which an unchanged document is overdue. Default: 365. */
      overdueDays?: number;
    };
  };
}
