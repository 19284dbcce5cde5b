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
      /** Bare mirrors of repositories that an installed change host serves. */
      mirrors?: {
        /**
         * Where they lie; a relative one starts from the working directory of the
         * back end. Nothing is fetched without it.
         */
        directory?: string;
        /**
         * What all of them may take, in bytes or as in `20GB`. What was not read for
         * the longest time goes. Default: 50GB.
         */
        maxSize?: number | string;
        /** What one of them may take. Default: 2GB. */
        maxRepositorySize?: number | string;
        /**
         * How often each is fetched, beside the fetches after a push. Default: 1 hour.
         */
        fetchInterval?: HumanDuration | string;
        /** After how long one fetch is given up. Default: 10 minutes. */
        timeout?: HumanDuration | string;
      };
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
      /** After how long deliveries that were read, or are dead letters, are forgotten. Default: 30 days. */
      retention?: HumanDuration | string;
    };
    incidents?: {
      /** Webhooks of PagerDuty, version 3, at `/api/understanding/hooks/pagerduty`. */
      pagerduty?: {
        /**
         * The secrets of the webhook subscriptions; several while one is replaced.
         * @deepVisibility secret
         */
        secrets: string[];
      };
      /** Incidents of other tools, at `/api/understanding/hooks/incidents`. */
      signed?: {
        /**
         * With which they are signed, as Standard Webhooks say: `whsec_` and base64 of
         * 24 to 64 bytes; several while one is replaced.
         * @deepVisibility secret
         */
        secrets: string[];
      };
    };
    onCall?: {
      /** Schedules of who is on call, as iCalendar (.ics), each by a name that is shown. */
      schedules?: {
        [name: string]: {
          /**
           * Its address, which is read as Backstage reads addresses: its host has to be
           * an integration, or in backend.reading.allow.
           * @visibility secret
           */
          url?: string;
          /**
           * Or its file; a relative one starts from the working directory of the back
           * end.
           */
          file?: string;
          /** Entities, and teams for all that they own, by reference. */
          covers: string[];
        };
      };
      /** How often each is read. Default: 15 minutes. */
      interval?: HumanDuration | string;
    };
    people?: {
      /**
       * Whether names of people are shown to anybody but themselves; without them,
       * answers have counts. Default: true.
       *
       * @visibility frontend
       */
      names?: boolean;
      /**
       * The annotation of Users that tells how to write to them in a chat. Default:
       * slack.com/bot-notify, as Backstage's notifications read it.
       */
      chatAnnotation?: string;
      /**
       * The annotation of Users that tells their time zone, e.g. Europe/Berlin; where a
       * User has none, spec.profile.timeZone is read.
       * Default: understanding.dev/time-zone.
       */
      timeZoneAnnotation?: string;
      /**
       * From how many open reviews that somebody is asked for nobody suggests them for
       * another. Default: 4, the median of what a developer at Google reviews in a
       * week (Sadowski et al., Modern Code Review, 2018).
       */
      openReviews?: number;
    };
    slack?: {
      /**
       * The signing secret of a Slack app, whose slash command /who-understands is
       * answered. Its request URL is /api/understanding/slack/commands/who-understands.
       *
       * @visibility secret
       */
      signingSecret?: string;
    };
    simulations?: {
      /**
       * Whether it can be asked what falls when people leave. Default: true.
       *
       * @visibility frontend
       */
      departures?: boolean;
    };
    explanations?: {
      /**
       * When changes have to be explained, where an entity does not say it.
       * Default: ai-assisted.
       */
      policy?: 'always' | 'ai-assisted' | 'never';
      /**
       * What a missing explanation does to a change on its host, where an entity does
       * not say it: a check says that none is asked for, claims nothing, or fails.
       * Where it is off here and for all entities of a repository, there is no check.
       * Default: advisory.
       */
      gate?: 'off' | 'advisory' | 'blocking';
      /**
       * The label that lets a change through without an accepted explanation, where a
       * line `Break-glass:` of its description says why. Default: break-glass.
       */
      breakGlassLabel?: string;
      /** After how long drafts that nobody goes on with are removed. Default: 90 days. */
      draftRetention?: HumanDuration | string;
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
      /**
       * How long evidence and what people said is kept, e.g. `{ months: 24 }`; a new
       * value holds from the next start. Default: for good.
       */
      retention?: HumanDuration | string;
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
    edges?: {
      /**
       * Days without a call after which a declared dependency counts as not seen,
       * and an undeclared one is forgotten. Default: 30.
       */
      observedDays?: number;
      /**
       * What a dependency needs an answer for, unless it is SOFT; of down, slow,
       * wrong-data, partial and recovery. Default: the first three.
       */
      requiredConditions?: string[];
      serviceGraph?: {
        /**
         * Addresses that answer with OpenTelemetry's service-graph metrics in the
         * text format of Prometheus, such as the exporter of a collector, or
         * `/federate?match[]=traces_service_graph_request_total` of a Prometheus.
         * Default: none.
         */
        urls?: string[];
        /** How often each is read. Default: 1 minute. */
        interval?: HumanDuration | string;
      };
    };
    assumptions?: {
      /** Days before its end from which an assumption is flagged. Default: 30. */
      warnDays?: number;
    };
    failureTests?: {
      /** Days for which a test counts, where it does not say. Default: 180. */
      validDays?: number;
    };
    walkthroughs?: {
      /** A walkthrough falls due so many days after it was confirmed. Default: 180. */
      dueDays?: number;
      /** And after so many significant changes. Default: 20. */
      dueChanges?: number;
    };
  };
}
