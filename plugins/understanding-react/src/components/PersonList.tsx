import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link, Text } from '@backstage/ui';
import {
  Correction,
  Evidence,
  PersonStatus,
  PersonUnderstanding,
  Reach,
  localTimeIn,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Fragment, useState } from 'react';
import { FreshnessLabel } from './FreshnessLabel';
import { Instant } from './Instant';
import styles from './PersonList.module.css';

const STATUS: Record<PersonStatus, string | undefined> = {
  active: undefined,
  left: 'has left',
  'not-in-catalog': 'not in the catalog',
};

function EvidenceItem(props: { evidence: Evidence }) {
  const { freshness, latestAt, url, verified } = props.evidence;
  const kind = props.evidence.walkthrough
    ? 'explained as a whole'
    : props.evidence.kind;
  return (
    <span className={styles.evidence}>
      {url ? <Link href={url}>{kind}</Link> : kind}, last on{' '}
      <Instant at={latestAt} /> <FreshnessLabel freshness={freshness} />
      {!verified && (
        <Text
          title={
            kind === 'operated'
              ? 'Only a schedule says so, or they themselves'
              : 'Only the metadata of commits says so, which nobody authenticates'
          }
        >
          not verified
        </Text>
      )}
    </span>
  );
}

/** What people say themselves, which counts beside their evidence. */
function OwnWord(props: { correction: Correction }) {
  const { correction } = props;
  return correction.type === 'no-longer' ? (
    <Text>
      {' '}
      (says that they no longer know it, since <Instant at={correction.at} />)
    </Text>
  ) : (
    <Text>
      {' '}
      (says that they know it from elsewhere, until{' '}
      <Instant at={correction.until} />
      {correction.note && `: “${correction.note}”`})
    </Text>
  );
}

/** Where somebody is to be found, and what time it is there. */
function Reached(props: { reach: Reach }) {
  const { teams, chat, timeZone } = props.reach;
  const time = timeZone && localTimeIn(timeZone, new Date().toISOString());
  const parts = [
    ...teams.map(({ ref, title }) => (
      <EntityRefLink key={ref} entityRef={ref} hideIcon>
        {title}
      </EntityRefLink>
    )),
    chat && <span key="chat">chat: {chat}</span>,
    time && (
      <span key="time">
        {time} there ({timeZone})
      </span>
    ),
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
        {STATUS[person.status] && <Text> ({STATUS[person.status]})</Text>}
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
              ? `Show the first ${SHOWN} only`
              : `Show ${others.length} more, ${
                  active === 0 ? 'none' : active
                } of them active`}
          </Button>
        </div>
      )}
      {more && (
        <Text>
          {more} {more === 1 ? 'other person has' : 'others have'} left evidence
          of it.
        </Text>
      )}
    </>
  );
}
