import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link, Text } from '@backstage/ui';
import {
  Correction,
  Evidence,
  PersonUnderstanding,
  Reach,
  localTimeIn,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { understandingReactTranslationRef } from '../translation';
import { FreshnessLabel } from './FreshnessLabel';
import { Instant } from './Instant';
import { Fragment, useState } from 'react';
import styles from './PersonList.module.css';

function EvidenceItem(props: { evidence: Evidence }) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { freshness, kind, latestAt, url, verified, walkthrough } =
    props.evidence;
  const what = walkthrough
    ? t('evidence.walkthrough')
    : t(`evidence.kind.${kind}`);
  return (
    <span className={styles.evidence}>
      {t('evidence.last', {
        kind: url ? <Link href={url}>{what}</Link> : what,
        date: <Instant at={latestAt} />,
      })}{' '}
      <FreshnessLabel freshness={freshness} />
      {!verified && (
        <Text
          title={
            kind === 'operated'
              ? t('evidence.onlySchedule')
              : t('evidence.onlyCommits')
          }
        >
          {t('evidence.notVerified')}
        </Text>
      )}
    </span>
  );
}

/** What people say themselves, which counts beside their evidence. */
function OwnWord(props: { correction: Correction }) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { correction } = props;
  if (correction.type === 'no-longer') {
    const date = <Instant at={correction.at} />;
    return <Text> {t('person.noLonger', { date })}</Text>;
  }
  const { note } = correction;
  const date = <Instant at={correction.until} />;
  return (
    <Text>
      {' '}
      {note
        ? t('person.fromElsewhereNoted', { date, note })
        : t('person.fromElsewhere', { date })}
    </Text>
  );
}

/** Where somebody is to be found, and what time it is there. */
function Reached(props: { reach: Reach }) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { teams, chat, timeZone } = props.reach;
  const time = timeZone && localTimeIn(timeZone, new Date().toISOString());
  const parts = [
    ...teams.map(({ ref, title }) => (
      <EntityRefLink key={ref} entityRef={ref} hideIcon>
        {title}
      </EntityRefLink>
    )),
    chat && <span key="chat">{t('person.chat', { chat })}</span>,
    time && <span key="time">{t('person.time', { time, timeZone })}</span>,
  ].filter(Boolean);
  return (
    <span className={styles.reach}>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ', '}
          {part}
        </Fragment>
      ))}
    </span>
  );
}

function PersonItem(props: { person: PersonUnderstanding }) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { person } = props;
  return (
    <li className={styles.item}>
      <span className={styles.name}>
        {person.personRef ? (
          <EntityRefLink entityRef={person.personRef} hideIcon>
            {person.displayName}
          </EntityRefLink>
        ) : (
          person.displayName
        )}
        {person.status !== 'active' && (
          <Text> {t(`person.${person.status}`)}</Text>
        )}
        {person.correction && <OwnWord correction={person.correction} />}
      </span>
      {person.reach && <Reached reach={person.reach} />}
      {person.evidence.map(evidence => (
        <EvidenceItem
          // Commits and a code host may both tell of one kind.
          key={`${evidence.kind} ${evidence.verified} ${evidence.walkthrough} ${evidence.url}`}
          evidence={evidence}
        />
      ))}
    </li>
  );
}

/** Nobody asks more people at once; the others are a press away. */
const SHOWN = 10;

/**
 * People with the evidence that they left, in the order in which one would ask them.
 * @public
 */
export function PersonList(props: {
  people: readonly PersonUnderstanding[];
  /** How many others left evidence. */
  more?: number;
}) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { people, more } = props;
  const [isWhole, setWhole] = useState(false);
  const others = people.slice(SHOWN);
  const active = others.filter(person => person.active).length;
  return (
    <>
      <ul className={styles.list}>
        {(isWhole ? people : people.slice(0, SHOWN)).map((person, index) => (
          <PersonItem
            // Several whom the catalog does not have may go by one name.
            key={person.personRef ?? `${index} ${person.displayName}`}
            person={person}
          />
        ))}
      </ul>
      {others.length > 0 && (
        <div>
          <Button
            size="small"
            variant="secondary"
            aria-expanded={isWhole}
            onPress={() => setWhole(!isWhole)}
          >
            {isWhole
              ? t('people.showFirst', { number: SHOWN })
              : t('people.showMore', { number: others.length, active })}
          </Button>
        </div>
      )}
      {more && <Text>{t('people.more', { count: more })}</Text>}
    </>
  );
}
