import { WhoUnderstandsAnswer, WhoUnderstandsResponse } from '../../schemas';
import { nameWithStatus } from '../people/nameWithStatus';
import { localTimeIn } from '../people/timeZone';
import { nobodyInWords } from './nobodyInWords';
import { onCallInWords } from './onCallInWords';
import { partInWords } from './partInWords';
import { STILL_READING } from './stillReading';
import { understoodByInWords } from './understoodByInWords';

type Person = NonNullable<WhoUnderstandsAnswer['people']>[number];

/** A chat shows the first; the page shows all. */
const MAX_ANSWERS = 5;
const MAX_PEOPLE = 5;
/** Slack cuts texts of messages at 40,000 characters, and nobody reads so many. */
const MAX_LENGTH = 8000;

/**
 * An answer as text for Slack.
 *
 * @param options - `page` is the address of the page that asks the same; `part` tells
 * that only what the reader's own teams own was looked at
 * @public
 */
export function slackAnswer(
  { query, answers, truncated, stillReading }: WhoUnderstandsResponse,
  options: { appBaseUrl: string; page: string; now: string; part: boolean },
): string {
  const { page, part } = options;
  const more = part
    ? `Only what your teams own is told here. ${slackLink(
        page,
        'The page',
      )} tells what else you may see.`
    : `${slackLink(page, 'The page')} tells more.`;
  const shown = answers.slice(0, MAX_ANSWERS);
  return [
    ...(shown.length === 0
      ? [`Nothing that can be told here matches “${escapeForSlack(query)}”.`]
      : shown.map(answer => inWords(answer, options))),
    ...(stillReading ? [STILL_READING] : []),
    ...(truncated || answers.length > shown.length
      ? ['More entities match than are shown.']
      : []),
    more,
  ]
    .join('\n')
    .slice(0, MAX_LENGTH);
}

/**
 * Text as Slack shows it: nothing in it is a link, a mention, or formatting of ours.
 * @public
 */
export function escapeForSlack(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/**
 * A link as Slack writes it.
 * @public
 */
export function slackLink(url: string, text: string): string {
  return `<${escapeForSlack(url)}|${escapeForSlack(text).replace(/\|/g, '/')}>`;
}

function inWords(
  answer: WhoUnderstandsAnswer,
  { appBaseUrl, now }: { appBaseUrl: string; now: string },
): string {
  const { entityRef, title, matchedBy, example } = answer;
  const { nobody, part, people, morePeople = 0 } = answer;
  const [, kind, namespace, name] = /^(.+?):(.+?)\/(.+)$/.exec(entityRef) ?? [];
  const path = [namespace, kind, name].map(encodeURIComponent).join('/');
  return [
    `*${slackLink(
      `${appBaseUrl}/catalog/${path}/understanding`,
      title,
    )}*, by ${escapeForSlack(matchedBy)}${example ? ', an example' : ''}`,
    ...(nobody
      ? [
          escapeForSlack(nobodyInWords(nobody)),
          ...nobody.rebuild.map(one => `◦ ${escapeForSlack(one)}`),
        ]
      : []),
    ...(part?.people ? [escapeForSlack(partInWords(part))] : []),
    ...(people
      ? people.slice(0, MAX_PEOPLE).map(one => `• ${personInWords(one, now)}`)
      : [understoodByInWords(answer.understoodBy)]),
    ...(people && people.length > MAX_PEOPLE
      ? [`${people.length - MAX_PEOPLE + morePeople} more are on the page`]
      : []),
    ...onCallInWords(answer.onCall ?? []).map(escapeForSlack),
    ...answer.fallback.map(one => escapeForSlack(one.message)),
  ].join('\n');
}

function personInWords(person: Person, now: string): string {
  const { evidence, reach } = person;
  const time = reach?.timeZone && localTimeIn(reach.timeZone, now);
  const where = [
    ...(reach?.teams.map(one => escapeForSlack(one.title)) ?? []),
    ...(reach?.chat ? [chat(reach.chat)] : []),
    ...(time ? [`${time} there`] : []),
  ];
  return [
    escapeForSlack(nameWithStatus(person)),
    ...evidence.map(
      ({ kind, latestAt, freshness, verified }) =>
        `${kind} ${latestAt.slice(0, 10)} ${freshness}${
          verified ? '' : ', not verified'
        }`,
    ),
    ...(where.length > 0 ? [where.join(', ')] : []),
  ].join('; ');
}

/** A member of Slack as such, who can be written to with a click. */
function chat(handle: string): string {
  return /^[UW][A-Z0-9]{2,20}$/.test(handle)
    ? `<@${handle}>`
    : escapeForSlack(handle);
}
