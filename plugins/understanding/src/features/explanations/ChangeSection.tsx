import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Link,
  Text,
} from '@backstage/ui';
import {
  ExplainedDiff,
  ExplanationRecord,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { ReactNode } from 'react';
import { Section } from '../../components/Section';
import { PLANES } from '../failure-modes/words';
import styles from './Explanations.module.css';
import { hostFacts } from './hostFacts';
import { Person } from './Person';
import { AI_ASSISTANCE, changeName } from './words';

/** What is explained: the change with its files, entities and authors. */
export function ChangeSection(props: { record: ExplanationRecord }) {
  const { record } = props;
  const { authors, change, diff } = record;
  const facts: Array<[string, ReactNode]> = [
    [
      'Change',
      change ? (
        <Link href={change.url}>{changeName(change)}</Link>
      ) : (
        'None; it explains the entities themselves'
      ),
    ],
    ['Head', change && <code>{change.headSha.slice(0, 12)}</code>],
    [
      'Entities',
      record.entityRefs.length > 0
        ? record.entityRefs.map(ref => (
            <div key={ref}>
              <EntityRefLink entityRef={ref} />
            </div>
          ))
        : 'None that you may see',
    ],
    [
      'Planes',
      record.planes.map(plane => PLANES[plane]).join(', ') || 'Not said',
    ],
    ['AI assistance', AI_ASSISTANCE[record.aiAssistance]],
    [
      'Asked for',
      `${record.required ? 'Yes' : 'No'}. ${record.because}`.trim(),
    ],
    [
      'Authors',
      authors
        ? authors.map(author => (
            <div key={author.personRef ?? author.displayName}>
              <Person person={author} />
            </div>
          ))
        : 'You may not see names',
    ],
    ...hostFacts(record),
  ];
  if (record.changedSince) {
    facts.push([
      'Changed since',
      record.changedSince.map(({ at, message }) => (
        <div key={message}>
          {message}
          {at && (
            <>
              {' '}
              (<Instant at={at} time />)
            </>
          )}
        </div>
      )),
    ]);
  }
  return (
    <Section title="What it is of">
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => [
            <dt key={`${name} name`}>{name}</dt>,
            <dd key={name}>{value}</dd>,
          ])}
      </dl>
      {diff ? (
        <Diff diff={diff} />
      ) : (
        change && (
          <Text>The host has not told yet which files the change touches.</Text>
        )
      )}
    </Section>
  );
}

function Diff(props: { diff: ExplainedDiff }) {
  const { additions, deletions, files, totalFiles, truncated } = props.diff;
  const count = `${truncated ? 'At least ' : ''}${totalFiles} ${
    totalFiles === 1 ? 'file' : 'files'
  }, ${additions} lines added, ${deletions} removed`;
  return (
    <Accordion>
      <AccordionTrigger title={count} />
      <AccordionPanel>
        <ul className={styles.list}>
          {files.map(file => (
            <li key={file.path}>
              <code>{file.path}</code> {file.status}
              {file.previousPath && (
                <>
                  {' '}
                  from <code>{file.previousPath}</code>
                </>
              )}
              , +{file.additions} −{file.deletions}
            </li>
          ))}
        </ul>
        {totalFiles > files.length && (
          <Text as="p">{totalFiles - files.length} more are not shown.</Text>
        )}
        {truncated && (
          <Text as="p">The host told of only some of its files.</Text>
        )}
      </AccordionPanel>
    </Accordion>
  );
}
