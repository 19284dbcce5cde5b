import { useApi } from '@backstage/core-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Skeleton,
  Text,
} from '@backstage/ui';
import {
  ExplanationRecord,
  ExplanationVersionText,
  explanationSectionSchema,
  sectionNames,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../components/Section';
import { Difference } from './Difference';
import styles from './Explanations.module.css';
import { Person } from './Person';

type Version = ExplanationRecord['versions'][number];
type Sections = ExplanationVersionText['sections'];

const SOURCES: Record<Version['source'], string> = {
  description: 'in the description',
  page: 'on a page',
};

/** Every text there was, each with what it says otherwise than the one before. */
export function VersionsSection(props: { record: ExplanationRecord }) {
  const { id, versions } = props.record;
  return (
    <Section title="Versions">
      {versions.length === 0 && <Text>There is no text yet.</Text>}
      {versions.map((version, index) => (
        <VersionAccordion
          key={`${version.at} ${version.source} ${version.headSha}`}
          explanationId={id}
          before={versions[index + 1]}
          after={version}
        />
      ))}
    </Section>
  );
}

interface TwoVersions {
  explanationId: string;
  before: Version | undefined;
  after: Version;
}

function VersionAccordion(props: TwoVersions) {
  const { at, author, headSha, source } = props.after;
  const [isExpanded, setExpanded] = useState(false);
  return (
    <Accordion isExpanded={isExpanded} onExpandedChange={setExpanded}>
      <AccordionTrigger>
        <Text>
          <Instant at={at} time /> {SOURCES[source]}
          {headSha && (
            <>
              {' at '}
              <code>{headSha.slice(0, 12)}</code>
            </>
          )}
        </Text>
      </AccordionTrigger>
      <AccordionPanel>
        {author && (
          <Text>
            By <Person person={author} />
          </Text>
        )}
        {isExpanded && <Changes {...props} />}
      </AccordionPanel>
    </Accordion>
  );
}

/** What two versions say otherwise; their texts are read when somebody looks. */
function Changes(props: TwoVersions) {
  const { explanationId, after, before } = props;
  const api = useApi(understandingApiRef);
  const { value, error, loading, retry } = useAsyncRetry(() => {
    const sectionsOf = async (version?: Version): Promise<Sections> => {
      if (version?.sections || !version?.textId) {
        return version?.sections ?? {};
      }
      return (await api.getExplanationText(explanationId, version.textId))
        .sections;
    };
    return Promise.all([sectionsOf(before), sectionsOf(after)]);
  }, [api, explanationId, before, after]);
  return (
    <>
      {loading && (
        <div role="status" aria-label="Loading">
          <Skeleton width="100%" height={72} />
        </div>
      )}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {value && !loading && (
        <ChangedSections before={value[0]} after={value[1]} />
      )}
    </>
  );
}

function ChangedSections(props: { before: Sections; after: Sections }) {
  const { after, before } = props;
  const changed = explanationSectionSchema.options.filter(
    section => (before[section] ?? '') !== (after[section] ?? ''),
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
            before={before[section] ?? ''}
            after={after[section] ?? ''}
          />
        </dd>,
      ])}
    </dl>
  );
}
