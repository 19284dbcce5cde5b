import { createTranslationRef } from '@backstage/frontend-plugin-api';
import {
  PART_TRUNCATED,
  STILL_READING,
} from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * The texts of look-ups, and of the card and the tab of an entity, by where they stand.
 * What the back end says (reasons, repairs, and how an answer was found) is not among
 * them.
 *
 * @alpha
 */
export const understandingTranslationRef = createTranslationRef({
  id: 'understanding',
  messages: {
    loading: 'Loading',
    question: {
      label: 'Who understands this?',
      placeholder: 'A name, a path, a link to a file, or words',
      tooShort: 'Type two letters or more',
      trouble: 'No suggestions just now',
      nothing: 'Nothing here begins like that',
      allTheSame: 'Enter asks all the same',
    },
    answer: {
      region: 'Answer',
      nothing:
        'Nothing in the catalog matches “{{query}}”. Ask with the name of a service, a path of its repository, or a link to a file.',
      stillReading: STILL_READING,
      truncated: 'More entities match than are shown. Ask more exactly.',
      matchedBy: 'by {{what}}',
      nobody: '{{message}}.',
      nobodySince: '{{message}}; the last evidence is of {{date}}.',
      nobodySinceBy:
        '{{message}}; the last evidence is of {{date}}, by {{people}}.',
      rebuild: 'To get that back:',
      part: 'Who knows {{path}}: {{people}}.',
      partOfNobody: 'Nobody is known to know {{path}}.',
      partTruncated: PART_TRUNCATED,
    },
    person: {
      left: '{{person}} (has left)',
      notInCatalog: '{{person}} (not in the catalog)',
      severalUsers: '{{person}} (claimed by several Users)',
      chat: '{{person}}, chat: {{chat}}',
      somebody: 'somebody',
    },
    onCall: {
      nobody: 'On call now by {{schedule}}: nobody that it tells of',
      unread: 'On call now by {{schedule}}: not known yet',
      shifts: 'On call now by {{schedule}}: {{shifts}}',
      shift: '{{person}}, until {{until}}',
      problem: '(the schedule cannot be read. {{problem}})',
      problemSince:
        '(as of {{readAt}}: the schedule cannot be read. {{problem}})',
    },
    understood: {
      by_one: '1 active person understands it',
      by_other: '{{count}} active people understand it',
      byUnknown: 'An unknown number of active people understand it',
      unknown: 'Who understands it is unknown: {{reason}}',
      enough: '{{understoodBy}}; at least {{minimum, number}} are needed.',
    },
    card: {
      title: 'Understanding',
      understood: '{{understoodBy}}; at least {{minimum, number}} are needed',
      unknown: 'Unknown: {{reason}}',
      askFirst: 'Ask first: {{people}}',
      documents: 'Documents',
      noFlags: 'No open flags',
      more: 'Evidence and reasons',
    },
    flags: {
      title: 'Flags',
      none: 'No rule finds anything here.',
      since: 'since {{date}}',
      repair: 'Repair:',
    },
    people: {
      title: 'People',
      none: 'Nobody has left any evidence here.',
      withoutNames:
        'To see names you need the permission understanding.person.read.',
      namesOff: 'This installation shows no names of people.',
      rule_one:
        'Somebody understands it with one kind of fresh evidence; or alone by having taught it, or explained it as a whole, as somebody else found. Of kinds that count by themselves, collected so far: {{kinds}}. Evidence is fresh for {{days, number}} days.',
      rule_other:
        'Somebody understands it with {{count}} kinds of fresh evidence; or alone by having taught it, or explained it as a whole, as somebody else found. Of kinds that count by themselves, collected so far: {{kinds}}. Evidence is fresh for {{days, number}} days.',
      absenceNow: 'Contributor absence factor at present: {{factor}}',
      absenceOfAllTime: 'Of all time: {{factor}}',
    },
    say: {
      fromElsewhere: 'I know this from elsewhere',
      noLonger: 'I no longer know this',
      evidence: 'Somebody taught or documented it',
      evidenceCounts:
        'It counts when they confirm it, on the page on what is stored about them. Of yourself it counts at once, as your own word.',
      noted:
        'That is noted, and counts here in a moment. The page “What is stored about you” has it, where you can take it back.',
      notTaken: 'This was not taken',
      close: 'Close',
    },
    absenceFactor: {
      nobody:
        'nobody; of the {{files, number}} files, fewer than half have an author.',
      people_one:
        '{{count}}. Without one person, {{share, number}} % of the {{files, number}} files have an author left.',
      people_other:
        '{{count}}. Without {{count}} people, {{share, number}} % of the {{files, number}} files have an author left.',
    },
    documents: {
      title: 'Documents',
      none: 'No document was found.',
      contentOf: 'content of {{date}}',
    },
    edges: {
      title: 'Dependencies',
      none: 'The catalog declares no dependencies of it.',
      target: 'Entity',
      relation: 'Relation',
      criticality: 'Criticality',
      origin: 'Origin',
      type: {
        dependsOn: 'depends on',
        consumesApi: 'consumes API',
        partOf: 'is part of',
      },
    },
    source: {
      title: 'Source',
      unknown: 'Its history cannot be seen',
      read: 'Read from the history of {{repository}} ({{paths}}), up to commit {{commit}}, on {{date}}.',
      allOfIt: 'all of it',
    },
    entity: {
      nobody: 'Nobody',
      notInCatalog: '{{entityRef}} (not in the catalog)',
    },
    absence: {
      title: 'Who is left',
      nothing: 'Nothing that you may see has a history that could be read.',
      together:
        'Contributor absence factor of all files together, at present: {{factor}}',
      nobodyLeft:
        'Nobody is left of these: fewer than half of their files have an active author',
      oneLeft: 'One person is left of these: without them, nobody would be',
      counted_one: 'One entity is counted.',
      counted_other: '{{count}} entities are counted.',
      countedSince_one:
        'One entity is counted, by histories that were read {{date}} or later.',
      countedSince_other:
        '{{count}} entities are counted, by histories that were read {{date}} or later.',
      unread: 'The histories of {{number, number}} more cannot be read.',
      hidden: 'What you may not see is not counted.',
      more: '{{number, number}} more are not shown.',
    },
    team: {
      entity: 'Entity',
      owner: 'Owner',
      understood: 'By anybody',
      ownedNotUnderstood: {
        title: 'Owned and not understood',
        none: 'Of what you may see of it, nothing is owned and not understood.',
        byTeam: 'Nobody of this team understands these.',
        byAnybody: 'Nobody at all understands these.',
        small: 'Of a team this small it is not said what its members know.',
        unknown: 'Of {{number, number}} of its entities it is not known.',
        unknownToo: 'Of {{number, number}} more it is not known.',
      },
      understoodNotOwned: {
        title: 'Understood and not owned',
        none: 'Of what you may see, nothing is understood here and owned elsewhere.',
        byTeam: 'Somebody of this team understands these, and others own them.',
        small:
          'Not listed for teams of fewer than {{minimum, number}}, since it would tell what single people know.',
      },
    },
  },
});
