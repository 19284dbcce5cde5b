import { Condition, Plane } from '../../schemas';

/**
 * A common way to fail. It asks; the answers are for people who know the service, so
 * that no template can be saved as if it were an answer.
 * @public
 */
export interface FailureModeTemplate {
  readonly id: string;
  readonly title: string;
  /** For edges; absent where the entity itself is meant. */
  readonly condition?: Condition;
  readonly plane: Plane;
  /** What to ask, by the field that answers it. */
  readonly questions: {
    readonly cause: string;
    readonly localEffect: string;
    readonly endEffect: string;
    readonly prevention: string;
    readonly detection: string;
    readonly mitigation: string;
    readonly recovery: string;
  };
}

/** @public */
export const failureModeTemplates: readonly FailureModeTemplate[] = [
  {
    id: 'dependency-down',
    title: 'A dependency is down',
    condition: 'down',
    plane: 'data',
    questions: {
      cause:
        'Connections are refused, or time out. After how long is that noticed?',
      localEffect:
        'Which requests fail, and which threads, connections or queues fill?',
      endEffect:
        'What do callers and customers see after one minute, and after one hour?',
      prevention:
        'What is cached, replicated or decoupled, so that it is not needed at once?',
      detection: 'Which signal tells this apart from a fault of our own?',
      mitigation: 'What is switched off, served stale, or answered with less?',
      recovery:
        'What comes back by itself, in which order, and what does somebody repeat by hand?',
    },
  },
  {
    id: 'dependency-slow',
    title: 'A dependency is slow',
    condition: 'slow',
    plane: 'data',
    questions: {
      cause: 'Answers take ten times as long. Which timeout ends the wait?',
      localEffect:
        'How many requests wait at once, and which pool runs out first?',
      endEffect: 'Who waits for us meanwhile, and with which timeout?',
      prevention:
        'Which limit keeps waiting requests from taking all there is?',
      detection: 'Which percentile is watched, and from where is it measured?',
      mitigation: 'Is load shed, and who decides what is shed?',
      recovery: 'How is the backlog worked off without making it slow again?',
    },
  },
  {
    id: 'dependency-wrong-data',
    title: 'A dependency answers with wrong data',
    condition: 'wrong-data',
    plane: 'data',
    questions: {
      cause:
        'Stale, truncated, duplicated, or of another version. How could that be?',
      localEffect: 'What is checked before it is used, and what is believed?',
      endEffect: 'Where are wrong data written, sent or paid out?',
      prevention: 'Which contract or checksum refuses them?',
      detection: 'Which comparison finds them afterwards, and how much later?',
      mitigation: 'How is the spread stopped?',
      recovery:
        'From what are right data restored, and how is it shown that they are right?',
    },
  },
  {
    id: 'resource-exhausted',
    title: 'A resource is exhausted',
    plane: 'data',
    questions: {
      cause:
        'File descriptors, connections, memory, disk, quota, addresses: which one, and at which load?',
      localEffect:
        'What fails first when it is gone: accepting, logging, health checks?',
      endEffect: 'What do callers see, and do their retries make it worse?',
      prevention:
        'Which limit is set, where, and how far is the observed peak from it?',
      detection: 'Is the use measured, or only the failure?',
      mitigation: 'What can be freed or refused at once?',
      recovery: 'Does it need a restart, and what is lost by it?',
    },
  },
  {
    id: 'retry-storm',
    title: 'Retries multiply the load',
    plane: 'control',
    questions: {
      cause: 'Which layers retry, and how often? Multiply.',
      localEffect: 'How much load arrives after a short outage?',
      endEffect: 'Does the outage last longer than its cause?',
      prevention: 'Is there a retry budget, a growing pause, and chance in it?',
      detection: 'Are retries counted apart from first tries?',
      mitigation: 'Can retries be switched off from one place?',
      recovery: 'In which order are callers let in again?',
    },
  },
  {
    id: 'clock',
    title: 'A clock is wrong',
    plane: 'control',
    questions: {
      cause:
        'A jump, a drift, a leap second, a wrong time zone: on which machine?',
      localEffect: 'Which leases, tokens, orders or schedules compare clocks?',
      endEffect: 'What happens twice, never, or in the wrong order?',
      prevention: 'Whose clock decides, and where is a clock not needed?',
      detection: 'Is the offset measured?',
      mitigation: 'Which jobs are stopped until it is right?',
      recovery: 'What has to be repeated or undone?',
    },
  },
  {
    id: 'certificate-or-key-expiry',
    title: 'A certificate or key expires',
    plane: 'artifact',
    questions: {
      cause: 'Which one, when, and who renews it?',
      localEffect: 'Which connections break, and do old ones stay?',
      endEffect: 'Who cannot reach us, or whom can we not reach?',
      prevention:
        'Is it renewed by itself, and is the renewed one loaded without a restart?',
      detection: 'How many days before does somebody know?',
      mitigation: 'Is there a second one that both sides trust?',
      recovery: 'Who may issue a new one at three in the morning?',
    },
  },
  {
    id: 'poison-message',
    title: 'A message that can never be processed',
    plane: 'data',
    questions: {
      cause:
        'Too large, of an unknown version, or with a reference to nothing: from whom?',
      localEffect: 'Does it block those behind it, and how often is it tried?',
      endEffect: 'What is late, and who notices?',
      prevention: 'What is refused where it comes in?',
      detection: 'Is the age of the oldest message watched?',
      mitigation: 'Where is it put aside, after how many tries?',
      recovery: 'How is it looked at, corrected, and put back?',
    },
  },
  {
    id: 'split-brain',
    title: 'Two sides both believe that they lead',
    plane: 'control',
    questions: {
      cause: 'A partition, a pause, a lease that is too long: which?',
      localEffect: 'Which writes are accepted on both sides?',
      endEffect: 'Which of them are lost or contradict each other afterwards?',
      prevention: 'What fences the one that lost?',
      detection: 'What tells that there are two?',
      mitigation: 'Which side is stopped, and by whom?',
      recovery: 'How are the two histories made one?',
    },
  },
  {
    id: 'backup-does-not-restore',
    title: 'A backup does not restore',
    plane: 'artifact',
    questions: {
      cause:
        'Incomplete, encrypted with a lost key, or of an older schema: which could it be?',
      localEffect: 'How long does restoring take, and to where?',
      endEffect: 'How much is lost between the last good backup and now?',
      prevention: 'When was one last restored and compared?',
      detection: 'Who learns that a backup failed, or is too small?',
      mitigation: 'From what else could data be rebuilt?',
      recovery: 'Which steps, in which order, by whom?',
    },
  },
  {
    id: 'stale-artifact',
    title: 'An old artifact is still in use',
    plane: 'artifact',
    questions: {
      cause:
        'An image, a model, a list or a key that was replaced elsewhere: where does a copy live?',
      localEffect: 'What does the old one decide differently?',
      endEffect: 'Who gets which wrong answer, for how long?',
      prevention: 'What ties the version in use to the version meant?',
      detection: 'Does the running system tell its version?',
      mitigation: 'Can the old one be refused?',
      recovery: 'How is every copy found and replaced?',
    },
  },
];
