import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import { Walkthrough } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Difference } from '../Difference';
import styles from '../Explanations.module.css';
import { Person } from '../Person';

type Version = Walkthrough['versions'][number];

/** Every version there was, each with what it says otherwise than the one before. */
export function WalkthroughVersions(props: { versions: readonly Version[] }) {
  const { versions } = props;
  return (
    <>
      {versions.map((version, index) => (
        <Accordion key={version.version}>
          <AccordionTrigger>
            <Text>
              Version {version.version}, <Instant at={version.at} time />
            </Text>
          </AccordionTrigger>
          <AccordionPanel>
            {version.author && (
              <Text as="p">
                By <Person person={version.author} />
              </Text>
            )}
            <Changes before={versions[index + 1]} after={version} />
          </AccordionPanel>
        </Accordion>
      ))}
    </>
  );
}

function Changes(props: { before?: Version; after: Version }) {
  const { after, before } = props;
  const said = (version: Version | undefined) =>
    new Map((version?.answers ?? []).map(one => [one.key, one]));
  const [old, now] = [said(before), said(after)];
  const changed = [...new Map([...now, ...old]).values()].filter(
    ({ key }) => old.get(key)?.answer !== now.get(key)?.answer,
  );
  if (changed.length === 0) {
    return <Text>It says the same.</Text>;
  }
  return (
    <dl className={styles.facts}>
      {changed.map(({ key, question }) => [
        <dt key={`${key} name`} className={styles.question}>
          {question}
        </dt>,
        <dd key={key}>
          <Difference
            before={old.get(key)?.answer ?? ''}
            after={now.get(key)?.answer ?? ''}
          />
        </dd>,
      ])}
    </dl>
  );
}
