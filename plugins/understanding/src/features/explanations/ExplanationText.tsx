import { Text } from '@backstage/ui';
import {
  ExplanationSection,
  explanationSectionSchema,
  neededSections,
  sectionNames,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Prose } from '@understanding-dev/backstage-plugin-understanding-react';
import styles from './Explanations.module.css';

const NEEDED: readonly ExplanationSection[] = neededSections;

/** The sections of an explanation; of those that are needed, also the empty ones. */
export function ExplanationText(props: {
  sections: Partial<Record<ExplanationSection, string>>;
}) {
  const { sections } = props;
  return (
    <>
      {explanationSectionSchema.options
        .filter(section => sections[section] || NEEDED.includes(section))
        .map(section => {
          const text = sections[section];
          return (
            <div key={section} className={styles.prose}>
              <Text as="h3" weight="bold">
                {sectionNames[section]}
              </Text>
              {text ? <Prose text={text} /> : <Text>Nothing is said.</Text>}
            </div>
          );
        })}
    </>
  );
}
