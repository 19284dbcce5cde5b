import { Text } from '@backstage/ui';
import { EntityUnderstanding } from '@understanding-dev/backstage-plugin-understanding-common';
import { PersonList } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../entities/Section';
import { OnCallNow } from './OnCallNow';
import { factorInWords } from './factorInWords';
import { understoodBy } from './understoodBy';

/** Who understands an entity, how that is known, and what their leaving would do. */
export function PeopleSection(props: { understanding: EntityUnderstanding }) {
  const { summary, people, morePeople, onCall } = props.understanding;
  const { absenceFactor, understandingRule } = props.understanding;
  return (
    <Section title="People">
      <Text>{countInWords(summary)}</Text>
      {people && people.length > 0 && (
        <PersonList people={people} more={morePeople} />
      )}
      {people?.length === 0 && !summary.unknownReason && (
        <Text>Nobody has left any evidence here.</Text>
      )}
      {!people && (
        <Text>
          To see names you need the permission understanding.person.read.
        </Text>
      )}
      <OnCallNow onCall={onCall} />
      <Text>{ruleInWords(understandingRule)}</Text>
      {absenceFactor && (
        <>
          <Text>
            Contributor absence factor at present:{' '}
            {factorInWords(absenceFactor.present)}
          </Text>
          <Text>Of all time: {factorInWords(absenceFactor.allTime)}</Text>
        </>
      )}
    </Section>
  );
}

function countInWords(summary: EntityUnderstanding['summary']): string {
  if (summary.understoodBy === undefined) {
    return `Who understands it is unknown: ${summary.unknownReason}`;
  }
  return `${understoodBy(summary.understoodBy)}; at least ${
    summary.understoodByMinimum
  } are needed.`;
}

function ruleInWords(rule: EntityUnderstanding['understandingRule']): string {
  const { collectedKinds, kindsNeeded, freshDays } = rule;
  const kinds = kindsNeeded === 1 ? 'one kind' : `${kindsNeeded} kinds`;
  return `Somebody understands it with ${kinds} of fresh evidence; or alone by having taught it, or explained it as a whole, as somebody else found. Of kinds that count by themselves, collected so far: ${collectedKinds.join(
    ', ',
  )}. Evidence is fresh for ${freshDays} days.`;
}
