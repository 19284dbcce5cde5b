import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import {
  ExplanationRecord,
  explanationSectionSchema,
  sectionNames,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../entities/Section';
import { Difference } from './Difference';
import styles from './Explanations.module.css';
import { Person } from './Person';

type Version = ExplanationRecord['versions'][number];

const SOURCES: Record<Version['source'], string> = {
  description: 'in the description',
  page: 'on a page',
};

/** Every text there was, each with what it says otherwise than the one before. */
export function VersionsSection(props: { record: ExplanationRecord }) {
  const { versions } = props.record;
  return (
    <Section title="Versions">
      {versions.length === 0 && <Text>There is no text yet.</Text>}
      {versions.map((version, index) => (
        <Accordion key={`${version.at} ${version.source} ${version.headSha}`}>
          <AccordionTrigger>
            <Text>
              <Instant at={version.at} time /> {SOURCES[version.source]}
              {version.headSha && (
                <>
                  {' at '}
                  <code>{version.headSha.slice(0, 12)}</code>
                </>
              )}
            </Text>
          </AccordionTrigger>
          <AccordionPanel>
            {version.author && (
              <Text>
                By <Person person={version.author} />
              </Text>
            )}
            <Changes before={versions[index + 1]} after={version} />
          </AccordionPanel>
        </Accordion>
      ))}
    </Section>
  );
}

function Changes(props: { before?: Version; after: Version }) {
  const { after, before } = props;
  const changed = explanationSectionSchema.options.filter(
    section =>
      (before?.sections[section] ?? '') !== (after.sections[section] ?? ''),
  );
  if (changed.length === 0) {
    return <Text>It says the same, of another head.</Text>;
  }
  return (
    <dl className={styles.facts}>
      {changed.map(section => [
        <dt key={`${section} name`}>{sectionNames[section]}</dt>,
        <dd key={section}>
          <Difference
            before={before?.sections[section] ?? ''}
            after={after.sections[section] ?? ''}
          />
        </dd>,
      ])}
    </dl>
  );
}
