import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { EntityUnderstanding } from '@understanding-dev/backstage-plugin-understanding-common';
import { PersonList } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { understandingTranslationRef } from '../../translation';
import { OnCallNow } from './OnCallNow';
import { useFactorInWords } from './useFactorInWords';

/** Who understands an entity, how that is known, and what their leaving would do. */
export function PeopleSection(props: { understanding: EntityUnderstanding }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const factorInWords = useFactorInWords();
  const { summary, people, morePeople, onCall } = props.understanding;
  const { absenceFactor, understandingRule } = props.understanding;
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
      {people && people.length > 0 && (
        <PersonList people={people} more={morePeople} />
      )}
      {people?.length === 0 && !unknownReason && (
        <Text>{t('people.none')}</Text>
      )}
      {!people && <Text>{t('people.withoutNames')}</Text>}
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
    </Section>
  );
}
