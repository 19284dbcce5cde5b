import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The texts of the components that tell of people, documents, flags and errors.
 * @public
 */
export const understandingReactTranslationRef = createTranslationRef({
  id: 'understanding-react',
  messages: {
    error: {
      title: 'This could not be loaded',
      forbidden: 'You may not see this',
      retry: 'Try again',
    },
    example: 'Example',
    severity: {
      high: 'Severity: high',
      medium: 'Severity: medium',
      low: 'Severity: low',
    },
    documentState: {
      fresh: 'Fresh',
      'changed-since': 'Changed since',
      contradicted: 'Contradicted',
      overdue: 'Overdue',
      missing: 'Missing',
      unknown: 'Unknown',
    },
    freshness: { fresh: 'fresh', fading: 'fading', old: 'old' },
    person: {
      left: '(has left)',
      'not-in-catalog': '(not in the catalog)',
      'several-users': '(claimed by several Users)',
      noLonger: '(says that they no longer know it, since {{date}})',
      fromElsewhere: '(says that they know it from elsewhere, until {{date}})',
      fromElsewhereNoted:
        '(says that they know it from elsewhere, until {{date}}: “{{note}}”)',
      chat: 'chat: {{chat}}',
      time: '{{time}} there ({{timeZone}})',
    },
    people: {
      showMore:
        'Show {{number, number}} more, {{active, number}} of them active',
      showFirst: 'Show the first {{number, number}} only',
      more_one: '{{count}} other person has left evidence of it.',
      more_other: '{{count}} others have left evidence of it.',
    },
    evidence: {
      last: '{{kind}}, last on {{date}}',
      kind: {
        authored: 'authored',
        reviewed: 'reviewed',
        explained: 'explained',
        documented: 'documented',
        operated: 'operated',
        taught: 'taught',
      },
      walkthrough: 'explained as a whole',
      notVerified: 'not verified',
      onlySchedule: 'Only a schedule says so, or they themselves',
      onlyCommits:
        'Only the metadata of commits says so, which nobody authenticates',
    },
  },
});
