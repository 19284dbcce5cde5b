import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { EntityUnderstanding } from '@understanding-dev/backstage-plugin-understanding-common';
import { PersonList } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { understandingTranslationRef } from '../../translation';
import { NamesNotShown } from './NamesNotShown';
import { NobodyUnderstands } from './NobodyUnderstands';
import { OnCallNow } from './OnCallNow';
import { SaySomething } from './SaySomething';
import { useFactorInWords } from './useFactorInWords';

/** Who understands an entity, how that is known, and what their leaving would do. */
export function PeopleSection(props: { understanding: EntityUnderstanding }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const factorInWords = useFactorInWords();
  const { summary, people, morePeople, nobody } = props.understanding;
  const { onCall, absenceFactor, understandingRule } = props.understanding;
  const { understoodBy, understoodByMinimum, unknownReason } = summary;
  const { collectedKinds, kindsNeeded, freshDays } = understandingRule;
  return (
    <Section title={t('people.title')}>
      <Text>
        {understoodBy === undefined
          ? t('understood.unknown', { reason: unknownReason ?? '' })
          : t('understood.enough', {
              understoodBy: t('understood.by', { count: understoodBy }),
              minimum: understoodByMinimum,
            })}
      </Text>
      {nobody && !unknownReason && <NobodyUnderstands nobody={nobody} />}
      {people && people.length > 0 && (
        <PersonList people={people} more={morePeople} />
      )}
      {people?.length === 0 && !unknownReason && (
        <Text>{t('people.none')}</Text>
      )}
      {!people && <NamesNotShown />}
      <OnCallNow onCall={onCall} />
      <Text>
        {t('people.rule', {
          count: kindsNeeded,
          kinds: collectedKinds.join(', '),
          days: freshDays,
        })}
      </Text>
      {absenceFactor && (
        <>
          <Text>
            {t('people.absenceNow', {
              factor: factorInWords(absenceFactor.present),
            })}
          </Text>
          <Text>
            {t('people.absenceOfAllTime', {
              factor: factorInWords(absenceFactor.allTime),
            })}
          </Text>
        </>
      )}
      <SaySomething entityRef={summary.entityRef} freshDays={freshDays} />
    </Section>
  );
}
