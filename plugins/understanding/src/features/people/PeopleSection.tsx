import { Text } from '@backstage/ui';
import {
  EntityUnderstanding,
  understoodByInWords,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { PersonList } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../entities/Section';
import { NamesNotShown } from './NamesNotShown';
import { NobodyUnderstands } from './NobodyUnderstands';
import { OnCallNow } from './OnCallNow';
import { SaySomething } from './SaySomething';
import { factorInWords } from './factorInWords';

/** Who understands an entity, how that is known, and what their leaving would do. */
export function PeopleSection(props: { understanding: EntityUnderstanding }) {
  const { summary, people, morePeople, nobody } = props.understanding;
  const { onCall, absenceFactor, understandingRule } = props.understanding;
  return (
    <Section title="People">
      <Text>{countInWords(summary)}</Text>
      {nobody && !summary.unknownReason && (
        <NobodyUnderstands nobody={nobody} />
      )}
      {people && people.length > 0 && (
        <PersonList people={people} more={morePeople} />
      )}
      {people?.length === 0 && !summary.unknownReason && (
        <Text>Nobody has left any evidence here.</Text>
      )}
      {!people && <NamesNotShown />}
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
      <SaySomething
        entityRef={summary.entityRef}
        freshDays={understandingRule.freshDays}
      />
    </Section>
  );
}

function countInWords(summary: EntityUnderstanding['summary']): string {
  if (summary.understoodBy === undefined) {
    return `Who understands it is unknown: ${summary.unknownReason}`;
  }
  return `${understoodByInWords(summary.understoodBy)}; at least ${
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
